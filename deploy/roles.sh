#!/bin/sh
# Makes the services' users in a PostgreSQL of one's own. The image of PostgreSQL runs it when it makes the database; it
# may be run again, to bring an older database up to date or to set new passwords.
#
# POSTGRES_USER is a superuser, POSTGRES_DB the database; each service's password is in POSTGRES_<SERVICE>_PASSWORD.
set -eu

asked() {
  psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" "$@"
}

asked --file="${ROLES_SQL:-/etc/edit-factory/roles.sql}"
for service in GATEWAY PROJECTION PUBLISH CATALOG RECONCILER; do
  variable="POSTGRES_${service}_PASSWORD"
  eval "password=\${$variable:?}"
  role=$(echo "$service" | tr A-Z a-z)
  printf "ALTER ROLE %s PASSWORD :'password';\n" "$role" | asked --set=password="$password"
done
