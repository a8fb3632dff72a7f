"""What can be set, by ``EDIT_FACTORY_*`` in the environment. One class, read once at start."""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1 << 20
ADMIN_KEY_MIN = 32  # characters


def default_home() -> Path:
    """Where the embedded system keeps everything: ``$XDG_DATA_HOME/edit-factory``."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "edit-factory"


class Settings(BaseSettings):
    """The whole system's settings; each has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="EDIT_FACTORY_", extra="ignore", frozen=True)

    home: Path = Field(default_factory=default_home, description="Folder of data, scratch files and embedded servers")
    nats_url: str = Field(default="", description="NATS servers, comma separated; empty: an embedded one")
    nats_ca: Path | None = Field(default=None, description="Certificates to trust, for NATS servers named by tls://")
    postgres_dsn: str = Field(default="", description="PostgreSQL; empty: an embedded one")
    blobs_url: str = Field(default="", description="Where media lie: a folder, s3://, gs://, az://; empty: below home")
    host: str = Field(default="127.0.0.1", description="Address the gateway listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port of the gateway; 0: any free one")
    log_level: str = "INFO"

    login: Literal["auto", "required"] = Field(
        default="auto", description="auto: who comes from this machine alone needs no key"
    )
    admin_key: SecretStr | None = Field(default=None, description="A key that may do everything")
    trusted_proxies: str = Field(default="", description="Networks whose X-Forwarded-For is believed")
    limit_reads: int = Field(default=600, ge=1, description="Requests of a user a minute that change nothing")
    limit_writes: int = Field(default=100, ge=1, description="Requests of a user a minute that change something")
    limit_uploads: int = Field(default=60, ge=1, description="Uploads of a user a minute")
    limit_stream_opens: int = Field(default=120, ge=1, description="Live streams a user may open a minute")
    limit_streams: int = Field(default=20, ge=0, description="Live streams of a user at the same time")
    limit_failed_keys: int = Field(default=30, ge=1, description="Missing or wrong keys of an address a minute")

    upload_max_bytes: int = Field(default=500 * MIB, gt=0)
    music_max_bytes: int = Field(default=200 * MIB, gt=0)
    image_max_bytes: int = Field(default=50 * MIB, gt=0)
    table_max_bytes: int = Field(default=200 * MIB, gt=0, le=500 * MIB)
    uploads_open: int = Field(default=100, ge=1, description="Unfinished resumable uploads of a user")
    json_max_bytes: int = Field(default=MIB, gt=0)
    fetch_slots: int = Field(default=4, ge=1, description="Files fetched by URL at the same time by one gateway")
    preview_slots: int = Field(default=4, ge=1, description="Previews drawn at the same time by one gateway")
    outbound_allow: str = Field(
        default="", description="Places of one's own network that users' URLs may name: host:port or networks"
    )
    secret_key: SecretStr | None = Field(
        default=None, description="Key that users' secrets are encrypted with; embedded: kept in home"
    )

    events_max_bytes: int = Field(
        default=4096 * MIB, gt=0, description="Size at which the event log takes no more jobs"
    )
    stream_replicas: int = Field(default=1, ge=1, le=5, description="Servers of a NATS cluster that keep each stream")
    ack_wait_s: float = Field(
        default=30.0, gt=0, description="A silent worker's message is given to another after this"
    )
    max_tries: int = Field(default=3, ge=1, description="Tries of a step that fails technically")
    retry_delay_s: float = Field(default=2.0, ge=0, description="First delay between tries; doubles each time")
    stall_s: float = Field(default=60.0, gt=0, description="Work that does not move for so long is given up")

    reconcile_every_s: float = Field(default=60.0, gt=0, description="Between two looks for jobs that do not move")
    stuck_after_s: float = Field(default=900.0, gt=0, description="A job that has not moved for so long is looked at")

    script_slots: int = Field(default=4, ge=1)
    tts_slots: int = Field(default=1, ge=1)
    footage_slots: int = Field(default=4, ge=1)
    render_slots: int = Field(default=1, ge=1, description="Videos encoded at the same time by one process")
    storage_slots: int = Field(default=2, ge=1)
    render_runs: int = Field(default=0, ge=0, description="Encodes of one video at the same time; 0: one a 4 cores")
    render_threads: int = Field(default=0, ge=0, description="Threads of one encode; 0: cores divided by encodes")
    render_share_over_s: float = Field(
        default=60.0, ge=0, description="Seconds of video to encode above which render workers share it; 0: never"
    )
    render_nice: int = Field(default=5, ge=0, le=19)
    voices_folder: Path | None = Field(
        default=None, description="Folder of further Piper voices (*.onnx with *.onnx.json)"
    )
    retention_every_s: float = Field(default=3600.0, ge=0, description="Between clean-ups; 0: only by command")
    retention_failed_days: float = Field(default=30.0, ge=0, description="Failed jobs are forgotten; 0: never")
    retention_unused_days: float = Field(default=7.0, ge=0, description="Blobs nothing refers to go; 0: never")
    retention_intermediate_days: float = Field(
        default=30.0, ge=0, description="Voices and such of finished jobs go; 0: never"
    )
    retention_intermediate_bytes: int = Field(
        default=10240 * MIB, ge=0, description="Size at which the oldest of these go; 0: any size is kept"
    )
    trash_days: float = Field(default=30.0, ge=0, description="Videos their owner deleted go after it; 0: never")
    elevenlabs_keys: SecretStr | None = Field(default=None, description="API keys of ElevenLabs, comma separated")
    elevenlabs_url: str = Field(default="https://api.elevenlabs.io", description="Where ElevenLabs is")
    blob_cache_bytes: int = Field(default=2048 * MIB, gt=0, description="Local copies of remote media")
    cage: Literal["auto", "bwrap", "landlock", "netns", "plain"] = Field(
        default="auto", description="What child processes are kept in; auto: the strongest that holds here"
    )

    crash: str = Field(
        default="",
        description="For fault tests: service:point at which the process kills itself, or @file that says so",
    )

    @field_validator("admin_key")
    @classmethod
    def _hard_to_guess(cls, given: SecretStr | None) -> SecretStr | None:
        if given is None or not given.get_secret_value():
            return None
        if len(given.get_secret_value()) < ADMIN_KEY_MIN:
            raise ValueError(f"a key of at least {ADMIN_KEY_MIN} characters is needed")
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, given: str) -> str:
        _networks(given)
        return given

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return _networks(self.trusted_proxies)

    @property
    def blobs(self) -> str:
        return self.blobs_url or str(self.home / "blobs")

    @property
    def scratch(self) -> Path:
        return self.home / "scratch"


def _networks(given: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part.strip()) for part in given.split(",") if part.strip())
