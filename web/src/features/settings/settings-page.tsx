import { getRouteApi } from "@tanstack/react-router";
import { PageHead } from "@/components/page-head";
import { Tabs } from "@/components/ui/tabs";
import { useSession } from "@/lib/session";
import { About } from "./about";
import { BrandPart } from "./brand";
import { Keys } from "./keys";
import { Limits } from "./limits";
import { Look } from "./look";
import { Profiles } from "./profiles";

const route = getRouteApi("/settings");

export function SettingsPage() {
  const { tab = "look" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: session } = useSession();
  const admin = session?.profile?.admin === true;
  const tabs = [
    { value: "look" as const, label: "Look", content: <Look /> },
    { value: "brand" as const, label: "Brand", content: <BrandPart /> },
    { value: "keys" as const, label: "Keys", content: <Keys /> },
    { value: "limits" as const, label: "Limits", content: <Limits /> },
    ...(admin ? [{ value: "profiles" as const, label: "Profiles", content: <Profiles /> }] : []),
    { value: "about" as const, label: "About", content: <About /> },
  ];
  return (
    <>
      <PageHead title="Settings" lead={session?.profile ? `You are ${session.profile.name || session.profile.id}.` : undefined} />
      <Tabs label="Settings" value={tab} onChange={(next) => void navigate({ search: next === "look" ? {} : { tab: next }, replace: true })} tabs={tabs} />
    </>
  );
}
