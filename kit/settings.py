"""What can be set, by ``EDIT_FACTORY_*`` in the environment. One class, read once at start."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1 << 20


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

    upload_max_bytes: int = Field(default=500 * MIB, gt=0)
    json_max_bytes: int = Field(default=MIB, gt=0)

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

    script_slots: int = Field(default=4, ge=1)
    tts_slots: int = Field(default=1, ge=1)
    footage_slots: int = Field(default=4, ge=1)
    render_slots: int = Field(default=1, ge=1, description="Videos encoded at the same time by one process")
    storage_slots: int = Field(default=2, ge=1)
    render_threads: int = Field(default=0, ge=0, description="Threads of one encode; 0: as many as it likes")
    render_nice: int = Field(default=5, ge=0, le=19)
    voices_folder: Path | None = Field(
        default=None, description="Folder of further Piper voices (*.onnx with *.onnx.json)"
    )
    blob_cache_bytes: int = Field(default=2048 * MIB, gt=0, description="Local copies of remote media")

    crash: str = Field(
        default="", description="For fault tests: service:point of the step at which the process kills itself"
    )

    @property
    def blobs(self) -> str:
        return self.blobs_url or str(self.home / "blobs")

    @property
    def scratch(self) -> Path:
        return self.home / "scratch"
