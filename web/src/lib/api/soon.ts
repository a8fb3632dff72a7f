/**
 * What the gateway is about to offer, by hand until its document tells it: then `make api` and remove it here.
 */
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];

export interface Session {
  readonly signed_in: boolean;
  readonly needs_key: boolean;
  readonly profile: { readonly id: string; readonly name: string; readonly admin: boolean } | null;
}

export interface PresetOption {
  readonly name: Schemas["PresetName"];
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly platforms: readonly string[];
  readonly max_s: number | null;
}

export interface Options {
  readonly presets: readonly PresetOption[];
  readonly subtitle_presets: readonly string[];
  readonly fonts: readonly string[];
  readonly languages: readonly { readonly code: string; readonly name: string }[];
  readonly transitions: readonly string[];
  readonly qualities: readonly string[];
  readonly limits: {
    readonly script_chars: number;
    readonly upload_bytes: number;
    readonly variants: number;
    readonly footage_per_job: number;
    readonly title_chars: number;
  };
  readonly version: string;
}

export interface VoiceOption {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly provider: string;
  readonly quality: "neural" | "robotic" | "studio";
  readonly paid: boolean;
  readonly available: boolean;
  readonly reason: string | null;
  readonly sample_url: string;
}

export interface Voices {
  readonly items: readonly VoiceOption[];
  readonly default: string;
}

export interface VideoCard {
  readonly id: string;
  readonly job: string;
  readonly number: number;
  readonly name: string;
  readonly project: string | null;
  readonly kind: string;
  readonly quality: "final" | "draft";
  readonly state: Schemas["State"];
  readonly share: number;
  readonly presets: readonly Schemas["PresetName"][];
  readonly duration_s: number | null;
  readonly files: readonly Schemas["FileResource"][];
  readonly thumbnail_url: string | null;
  readonly review: "script" | "voice" | "plan" | null;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly deleted_at: string | null;
}

export interface VideoFilter {
  readonly q?: string;
  readonly state?: Schemas["State"];
  readonly preset?: Schemas["PresetName"];
  readonly project?: string;
  readonly kind?: string;
  readonly deleted?: boolean;
  readonly sort?: "newest" | "oldest" | "name" | "longest";
  readonly cursor?: string;
  readonly limit?: number;
}

export interface BulkAnswer {
  readonly done: readonly string[];
  readonly refused: readonly { readonly id: string; readonly code: string; readonly detail: string }[];
}

interface Json<Answer> {
  readonly responses: { readonly 200: { content: { readonly "application/json": Answer } } };
}
interface Query<Asked> {
  readonly parameters: { readonly query?: Asked };
}
interface Body<Sent> {
  readonly requestBody: { readonly content: { readonly "application/json": Sent } };
}
interface Id {
  readonly parameters: { readonly path: { readonly video: string } };
}

export interface SoonPaths {
  "/v1/session": {
    get: Json<Session>;
    post: Body<{ key: string }> & Json<Session>;
    delete: { responses: { 204: { content?: never } } };
  };
  "/v1/options": { get: Json<Options> };
  "/v1/voices": { get: Json<Voices> };
  "/v1/videos": { get: Query<VideoFilter> & Json<Page<VideoCard>> };
  "/v1/videos/{video}/restore": { post: Id & Json<VideoCard> };
  "/v1/videos/delete": { post: Body<{ ids: readonly string[] }> & Json<BulkAnswer> };
  "/v1/videos/restore": { post: Body<{ ids: readonly string[] }> & Json<BulkAnswer> };
}
