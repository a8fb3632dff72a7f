import { Toast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";
import { faultOf } from "@/lib/faults";
import { Button } from "./button";

export type ToastTone = "good" | "bad" | "plain";

const manager = Toast.createToastManager();
const ICONS = { good: CircleCheck, bad: CircleAlert, plain: Info } as const;
const SHORT_MS = 5_000;
const LONG_MS = 10_000;

interface ToastOptions {
  readonly detail?: ReactNode;
  readonly tone?: ToastTone;
  /** Such as an Undo. Give what changes much one of these instead of a question beforehand. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Says something in passing. Whatever must not be missed belongs on the page. */
export function toast(title: string, { detail, tone = "plain", action }: ToastOptions = {}): void {
  const id = manager.add({
    title,
    description: detail,
    type: tone,
    priority: tone === "bad" ? "high" : "low",
    timeout: action || tone === "bad" ? LONG_MS : SHORT_MS,
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          manager.close(id);
          action.run();
        },
      },
    }),
  });
}

/** Says what went wrong, with the reference by which it can be asked about. */
export function toastFault(thrown: unknown): void {
  const fault = faultOf(thrown);
  const reference = fault.requestId ? <Reference id={fault.requestId} /> : null;
  toast(fault.title, { tone: "bad", detail: <>{fault.detail}{reference}</> });
}

const Reference = ({ id }: { readonly id: string }) => <span className="mt-1 block text-xs text-ink-3">Reference <span className="font-mono select-all">{id}</span></span>;

/** Where toasts appear: below, at the right; above the navigation on a phone. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-20 z-60 mx-auto flex max-w-sm flex-col gap-2 md:right-6 md:bottom-6 md:left-auto md:mx-0 md:w-90">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((shown) => {
    const tone = (shown.type ?? "plain") as ToastTone;
    const Icon = ICONS[tone];
    return (
      <Toast.Root
        key={shown.id}
        toast={shown}
        swipeDirection={["right", "down"]}
        className="flex gap-3 rounded-lg border border-line bg-raised p-3.5 shadow-high transition duration-200 data-ending-style:translate-x-4 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-3 data-starting-style:opacity-0"
      >
        <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0 text-ink-3", { good: "text-good", bad: "text-bad", plain: "" }[tone])} />
        <Toast.Content className="min-w-0 flex-1">
          <Toast.Title render={<p />} className="text-sm font-medium" />
          <Toast.Description render={<div />} className="mt-0.5 text-sm break-words text-ink-2" />
        </Toast.Content>
        {shown.actionProps && <Toast.Action render={<Button size="sm" />} />}
        <Toast.Close aria-label="Close" className="-m-1.5 h-fit rounded-md p-1.5 text-ink-3 hover:text-ink">
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </Toast.Root>
    );
  });
}
