import { zodResolver } from "@hookform/resolvers/zod";
import { KeyRound } from "lucide-react";
import { useForm } from "react-hook-form";
import { FaultPanel } from "@/components/fault-panel";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, Input } from "@/components/ui/field";
import { faultOf } from "@/lib/faults";
import { useDocumentTitle } from "@/lib/hooks";
import { useSignIn } from "@/lib/session";
import { z } from "@/lib/zod";

const Keys = z.object({ key: z.string().trim().min(1, "Paste your key here.") });

/** Asks for the key. It is sent once and kept in a cookie that no script can read. */
export function SignInPage() {
  useDocumentTitle("Sign in");
  const signIn = useSignIn();
  const form = useForm({ resolver: zodResolver(Keys), defaultValues: { key: "" } });
  const refused = signIn.error ? faultOf(signIn.error) : null;
  const wrong = refused?.status === 401 ? "This key is not known. Look whether all of it was copied." : undefined;
  const submit = form.handleSubmit(({ key }) => { signIn.mutate(key); });
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-5 p-5">
      <h1 className="text-2xl font-semibold">Edit Factory</h1>
      <Card className="p-5">
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
          <Field
            label="Your key"
            error={form.formState.errors.key?.message ?? wrong}
            hint="Whoever runs this system gave it to you. It begins with ef_."
          >
            <Input type="password" autoComplete="current-password" autoCapitalize="none" spellCheck={false} {...form.register("key")} />
          </Field>
          {refused && !wrong && <FaultPanel error={refused} />}
          <Button type="submit" look="primary" size="lg" busy={signIn.isPending}>
            {!signIn.isPending && <KeyRound aria-hidden />}
            Sign in
          </Button>
        </form>
      </Card>
    </main>
  );
}
