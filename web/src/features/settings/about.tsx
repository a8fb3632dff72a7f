import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { optionsQuery } from "@/lib/options";
import { useSession, useSignOut } from "@/lib/session";

export function About() {
  const { data: options } = useQuery(optionsQuery);
  const { data: session } = useSession();
  const signOut = useSignOut();
  return (
    <div className="flex max-w-2xl flex-col items-start gap-3 text-sm">
      <p>Edit Factory{options ? ` ${options.version}` : ""}, under the Apache License 2.0.</p>
      <p>
        For programs: the <a className="text-accent-text underline underline-offset-4" href="/v1/openapi.json">OpenAPI document</a> and
        the <a className="text-accent-text underline underline-offset-4" href="/v1/asyncapi.json">AsyncAPI document</a> of this system.
      </p>
      {session?.needs_key && <Button busy={signOut.isPending} onClick={() => { signOut.mutate(); }}>Sign out</Button>}
    </div>
  );
}
