/** The names of what the query cache holds: one place, so that live events find what they change. */
export const keys = {
  session: ["session"],
  options: ["options"],
  voices: ["voices"],
  profile: ["profile"],
  pipeline: ["pipeline"],
  uploads: ["uploads"],
  projects: ["jobs", "projects"],
  jobs: {
    all: ["jobs"],
    lists: ["jobs", "list"],
    list: (filter: object) => ["jobs", "list", filter],
    one: (id: string) => ["jobs", "one", id],
  },
  videos: {
    all: ["videos"],
    lists: ["videos", "list"],
    list: (filter: object) => ["videos", "list", filter],
    one: (id: string) => ["videos", "one", id],
    /** What hangs on a video: its review, match report, timeline. */
    part: (id: string, part: string) => ["videos", "one", id, part],
  },
  assets: {
    all: ["assets"],
    lists: ["assets", "list"],
    list: (filter: object) => ["assets", "list", filter],
    one: (id: string) => ["assets", "one", id],
    part: (id: string, part: string) => ["assets", "one", id, part],
  },
  feeds: {
    all: ["feeds"],
    lists: ["feeds", "list"],
    one: (id: string) => ["feeds", "one", id],
    /** What hangs on a feed: its imports, their bad rows, its products. */
    part: (id: string, part: string, filter: object = {}) => ["feeds", "one", id, part, filter],
  },
  batches: {
    all: ["batches"],
    lists: ["batches", "list"],
    preview: (asked: object) => ["batches", "preview", asked],
    one: (id: string) => ["batches", "one", id],
    rows: (id: string) => ["batches", "one", id, "rows"],
  },
} as const;
