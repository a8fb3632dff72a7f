import { queryOptions } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: keys.jobs.one(id),
    queryFn: ({ signal }) => data(api.GET("/v1/jobs/{job}", { params: { path: { job: id } }, signal })),
  });
