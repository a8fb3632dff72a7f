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
} as const;
