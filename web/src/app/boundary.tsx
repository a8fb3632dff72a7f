import { Component, type ReactNode } from "react";
import { ErrorPanel } from "@/components/ui/error-panel";
import { Button, buttonLook } from "@/components/ui/button";
import { faultOf, type Fault } from "@/lib/faults";

interface BoundaryState {
  readonly fault: Fault | null;
}

/** The last resort: what no route's own boundary caught. Depends on as little as possible. */
export class Boundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { fault: null };

  static getDerivedStateFromError(thrown: unknown): BoundaryState {
    return { fault: faultOf(thrown) };
  }

  override componentDidCatch(thrown: unknown): void {
    console.error(this.state.fault?.requestId ?? "fault", thrown);
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    return (
      <main className="mx-auto max-w-xl p-6 pt-24">
        <ErrorPanel
          title={fault.title}
          reference={fault.requestId}
          actions={
            <>
              <Button size="sm" look="primary" onClick={() => { this.setState({ fault: null }); }}>
                Try again
              </Button>
              <a href="/" className={buttonLook({ size: "sm" })}>
                Home
              </a>
            </>
          }
        >
          {fault.detail}
        </ErrorPanel>
      </main>
    );
  }
}
