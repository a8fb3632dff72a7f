import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, data } from "@/lib/api/client";
import { keys } from "@/lib/api/keys";
import type { components } from "@/lib/api/schema";

export type Profile = components["schemas"]["ProfileResource"];


const ownKeys = [...keys.profile, "keys"];
const everybody = [...keys.profile, "all"];

export const keysQuery = queryOptions({
  queryKey: ownKeys,
  queryFn: ({ signal }) => data(api.GET("/v1/profile/keys", { signal })),
});

export const profilesQuery = queryOptions({
  queryKey: everybody,
  queryFn: ({ signal }) => data(api.GET("/v1/profiles", { signal })),
});

/** A new key of a profile. It is told once and never again. */
export function useNewKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ profile, title }: { readonly profile: string; readonly title: string }) =>
      data(api.POST("/v1/profiles/{profile}/keys", { params: { path: { profile } }, body: { title, admin: false, expires_at: null } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ownKeys }),
  });
}

export function useRevoke() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ profile, key }: { readonly profile: string; readonly key: string }) =>
      data(api.DELETE("/v1/profiles/{profile}/keys/{key}", { params: { path: { profile, key } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ownKeys }),
  });
}

export function useNewProfile() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { readonly id: string; readonly title: string }) => data(api.POST("/v1/profiles", { body: { id, title } as never })),
    onSuccess: () => cache.invalidateQueries({ queryKey: everybody }),
  });
}

export type Brand = Profile["brand"];

/** Says how the videos of this profile look where nothing else is said. */
export function useBrand() {
  const cache = useQueryClient();
  return useMutation({
    meta: { shown: true },
    mutationFn: (brand: Brand) => data(api.PATCH("/v1/profile", { body: { title: null, voices: null, brand } })),
    onSuccess: (profile) => { cache.setQueryData(keys.profile, profile); },
  });
}

interface Change {
  readonly id: string;
  readonly title: string;
  readonly disabled: boolean;
  readonly limits: Profile["limits"];
}

/** Changes somebody's name and limits, or locks them out. */
export function useChangeProfile() {
  const cache = useQueryClient();
  return useMutation({
    meta: { shown: true },
    mutationFn: ({ id, ...change }: Change) =>
      data(api.PATCH("/v1/profiles/{profile}", { params: { path: { profile: id } }, body: { ...change, voices: null, brand: null } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: everybody }),
  });
}
