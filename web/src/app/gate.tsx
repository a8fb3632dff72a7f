import { LoaderCircle } from "lucide-react";
import { lazy, Suspense, type ReactNode } from "react";
import { FaultPanel } from "@/components/fault-panel";
import { useSession } from "@/lib/session";

const SignIn = lazy(async () => ({ default: (await import("@/features/session/sign-in-page")).SignInPage }));

/** Lets in who is signed in, and everybody where the gateway asks nobody for a key. */
export function Gate({ children }: { readonly children: ReactNode }) {
  const session = useSession();
  if (session.isPending) return <Waiting />;
  if (!session.data) {
    return (
      <main className="mx-auto max-w-xl p-6 pt-24">
        <FaultPanel error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data.needs_key && !session.data.signed_in) {
    return (
      <Suspense fallback={<Waiting />}>
        <SignIn />
      </Suspense>
    );
  }
  return children;
}

const Waiting = () => (
  <div role="status" aria-label="Loading" className="grid min-h-dvh place-items-center text-ink-3">
    <LoaderCircle aria-hidden className="size-6 animate-spin" />
  </div>
);
