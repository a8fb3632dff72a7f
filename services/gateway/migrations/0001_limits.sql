-- What all gateways count together. Not logged: after a crash of the server counting begins anew, and nothing else is lost.

-- A user's requests of one kind within the window that runs; one row, changed in place.
CREATE UNLOGGED TABLE windows (
  who text NOT NULL,
  kind text NOT NULL,
  ends_at timestamptz NOT NULL,
  used integer NOT NULL,
  PRIMARY KEY (who, kind)
) WITH (fillfactor = 50);
CREATE INDEX windows_ends_at ON windows (ends_at);

-- The live streams that are open. A gateway renews those it serves; if it dies they run out.
CREATE UNLOGGED TABLE streams (
  id uuid PRIMARY KEY,
  who text NOT NULL,
  gateway uuid NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX streams_who ON streams (who);
CREATE INDEX streams_expires_at ON streams (expires_at);
