/** Small drawings of empty states, in the colours around them. */
const STROKE = { fill: "none", stroke: "currentColor", strokeWidth: 1.5, strokeLinecap: "round", strokeLinejoin: "round" } as const;

/** A strip of film that waits for its first picture. */
export function DrawnFilm() {
  return (
    <svg viewBox="0 0 160 112" {...STROKE}>
      <rect x="52" y="10" width="56" height="92" rx="8" fill="var(--surface)" />
      <path d="M74 44.5v23a2 2 0 0 0 3 1.7l18-11.5a2 2 0 0 0 0-3.4L77 42.8a2 2 0 0 0-3 1.7Z" fill="var(--accent-soft)" stroke="var(--accent-text)" />
      <path d="M36 24v64M28 34v44M124 24v64M132 34v44" opacity=".5" />
      <path d="M62 90h36" strokeWidth="4" opacity=".3" />
    </svg>
  );
}

/** A line of stations with nothing on it. */
export function DrawnLine() {
  return (
    <svg viewBox="0 0 160 112" {...STROKE}>
      <path d="M14 76h132M24 76v14M136 76v14M80 76v14" />
      <rect x="26" y="48" width="28" height="28" rx="6" fill="var(--surface)" />
      <rect x="66" y="36" width="28" height="40" rx="6" fill="var(--accent-soft)" stroke="var(--accent-text)" />
      <rect x="106" y="48" width="28" height="28" rx="6" fill="var(--surface)" strokeDasharray="4 5" />
      <path d="M34 58h12M34 66h8M76 50l10 6-10 6Z" opacity=".7" />
    </svg>
  );
}

/** A tray for clips. */
export function DrawnTray() {
  return (
    <svg viewBox="0 0 160 112" {...STROKE}>
      <path d="M24 62h30l8 12h36l8-12h30v28a8 8 0 0 1-8 8H32a8 8 0 0 1-8-8Z" fill="var(--surface)" />
      <path d="M24 62 38 32M136 62l-14-30" opacity=".5" />
      <rect x="58" y="14" width="44" height="32" rx="6" fill="var(--accent-soft)" stroke="var(--accent-text)" />
      <path d="M80 38V22m-6 6 6-6 6 6" stroke="var(--accent-text)" />
    </svg>
  );
}

/** A mouth's worth of sound. */
export function DrawnVoice() {
  return (
    <svg viewBox="0 0 160 112" {...STROKE}>
      <rect x="68" y="16" width="24" height="46" rx="12" fill="var(--accent-soft)" stroke="var(--accent-text)" />
      <path d="M54 50a26 26 0 0 0 52 0M80 76v18M66 94h28" />
      <path d="M34 42v20M22 48v8M126 42v20M138 48v8" opacity=".5" />
    </svg>
  );
}

/** A road sign that points nowhere. */
export function DrawnNowhere() {
  return (
    <svg viewBox="0 0 160 112" {...STROKE}>
      <path d="M80 26v76M60 102h40" />
      <path d="M50 26h54l14 12-14 12H50Z" fill="var(--surface)" />
      <path d="M110 58H60L46 68l14 10h50Z" fill="var(--accent-soft)" stroke="var(--accent-text)" strokeDasharray="4 5" />
    </svg>
  );
}

/** A shelf with goods, one of them new. */
export function DrawnShelf() {
  return (
    <svg viewBox="0 0 160 112" {...STROKE}>
      <path d="M18 58h124M18 100h124M26 58v42M134 58v42" />
      <rect x="34" y="28" width="24" height="30" rx="4" fill="var(--surface)" />
      <rect x="66" y="16" width="30" height="42" rx="5" fill="var(--accent-soft)" stroke="var(--accent-text)" />
      <path d="M73 26h10M73 33h16" stroke="var(--accent-text)" />
      <rect x="104" y="34" width="22" height="24" rx="4" fill="var(--surface)" strokeDasharray="4 5" />
      <path d="M40 100V82a6 6 0 0 1 6-6h8a6 6 0 0 1 6 6v18M74 100V74h24v26M74 84h24" opacity=".6" />
    </svg>
  );
}

/** Many films from one. */
export function DrawnStack() {
  return (
    <svg viewBox="0 0 160 112" {...STROKE}>
      <rect x="30" y="22" width="40" height="68" rx="7" fill="var(--surface)" opacity=".5" />
      <rect x="42" y="16" width="40" height="74" rx="7" fill="var(--surface)" />
      <rect x="56" y="10" width="46" height="86" rx="8" fill="var(--accent-soft)" stroke="var(--accent-text)" />
      <path d="M74 41v24a2 2 0 0 0 3 1.7l17-12a2 2 0 0 0 0-3.4l-17-12a2 2 0 0 0-3 1.7Z" fill="var(--surface)" stroke="var(--accent-text)" />
      <path d="M114 34h20M114 53h20M114 72h12" strokeWidth="4" opacity=".3" />
    </svg>
  );
}
