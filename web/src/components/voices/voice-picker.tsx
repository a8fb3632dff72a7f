export interface VoiceChoice {
  readonly provider: string;
  readonly name: string;
}

export interface VoicePickerProps {
  /** Null: the voice that fits the language best. */
  readonly value: VoiceChoice | null;
  readonly onChange: (voice: VoiceChoice | null) => void;
  /** ISO 639-1; null: all languages. */
  readonly language?: string | null;
}

export function VoicePicker({ value }: VoicePickerProps) {
  return <p>{value?.name}</p>;
}
