import { cn } from "@/lib/cn";

/** Stands where something will be, in its size, so that nothing jumps. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={cn("animate-shimmer rounded-md bg-line", className)} />;
}

/** A page on its way. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-6">
      <Skeleton className="h-8 w-48" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-5">
        {Array.from({ length: 8 }, (_, at) => (
          <Skeleton key={at} className="aspect-[4/5]" />
        ))}
      </div>
    </div>
  );
}

/** Lines of a list on their way. */
export function ListSkeleton({ lines = 5 }: { readonly lines?: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3">
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} className="h-18 rounded-lg" />
      ))}
    </div>
  );
}
