-- What was made of an upload: references to its analysis, filmstrip, waveform and proxy, by these names.

ALTER TABLE assets ADD COLUMN media jsonb;
