import type { components } from "./schema";

type Schemas = components["schemas"];

export type Job = Schemas["JobResource"];
export type Video = Schemas["VideoResource"];
export type VideoFile = Schemas["FileResource"];
export type Step = Schemas["StepView"];
export type Asset = Schemas["AssetResource"];
export type State = Schemas["State"];
export type StepName = Schemas["StepName"];
export type PresetName = Schemas["PresetName"];
export type FaultReport = Schemas["FaultReport"];
export type ScriptBrief = Schemas["ScriptBrief"];
export type FootageBrief = Schemas["FootageBrief"];
export type ProductBrief = Schemas["ProductBrief"];
export type Review = Schemas["ReviewResource"];
export type Profile = Schemas["ProfileResource"];
export type PipelineHealth = Schemas["PipelineHealth"];
export type Session = Schemas["SessionResource"];
export type Options = Schemas["OptionsResource"];
export type PresetOption = Schemas["PresetOption"];
export type VoiceOption = Schemas["VoiceResource"];
export type VideoCard = Schemas["VideoCard"];
export type Check = Schemas["CheckView"];
export type Finding = Schemas["Finding"];
export type Upload = Schemas["UploadResource"];
export type Sort = Schemas["Sort"];
export type Feed = Schemas["FeedResource"];
export type FeedImport = Schemas["ImportResource"];
export type Columns = Schemas["Columns"];
export type Product = Schemas["ProductResource"];
export type ProductState = Schemas["ProductState"];
export type Batch = Schemas["BatchResource"];
export type BatchRow = Schemas["RowResource"];
export type RowState = Schemas["RowState"];

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** What may be sent of a type: whatever has a default may be left out. */
export type Sent<T> = T extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Sent<T[Key]> }
    : T;
