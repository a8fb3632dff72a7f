import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import { faultOf } from "@/lib/faults";
import type { Brief } from "./brief";

/** Submits a brief. The same form sent again, because no answer came, is the same job: its key stays until there is one. */
export function useSubmit() {
  const cache = useQueryClient();
  const open = useRef<{ readonly key: string; readonly body: string } | null>(null);
  return useMutation({
    meta: { shown: true },
    mutationFn: (brief: Brief) => {
      const body = JSON.stringify(brief);
      if (open.current?.body !== body) open.current = { key: crypto.randomUUID(), body };
      const headers = { "Idempotency-Key": open.current.key };
      return data(api.POST("/v1/jobs", { body: brief as never, headers, params: { header: headers } as never }));
    },
    onError: (thrown) => {
      const { status } = faultOf(thrown);
      if (status > 0 && status < 500 && status !== 408) open.current = null; // refused: the next one is another
    },
    onSuccess: (job) => {
      open.current = null;
      cache.setQueryData(keys.jobs.one(job.id), job);
      void cache.invalidateQueries({ queryKey: keys.jobs.lists });
    },
  });
}
