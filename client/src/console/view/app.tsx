/** Which screen is shown: by the address, and by who is signed in. */

import { askWho, route, who } from "../session";
import { FirstRun, SignIn } from "./accounts";
import { Conversation } from "./conversation";
import { Create } from "./create";
import { Lone } from "./frame";
import { Invitation } from "./invitation";
import { List } from "./list";
import { To } from "./parts";
import { StaffPage } from "./staff";
import { useWords } from "./words";

export function App() {
  const { app } = useWords();
  const to = route.value;
  if (to.screen === "first-run") return <FirstRun />;
  if (to.screen === "sign-in") return <SignIn />;
  if (to.screen === "invitation") return <Invitation />;
  switch (who.value.kind) {
    case "loading":
      return <p class="loading quiet">{app.loading}</p>;
    case "away":
      return (
        <Lone title={app.away.title}>
          <p class="lead">{app.away.more}</p>
          <button type="button" class="btn" onClick={() => void askWho()}>
            {app.again}
          </button>
        </Lone>
      );
    case "nobody":
      return <SignIn />;
    case "somebody":
      break;
  }
  if ("slug" in to) {
    return <Conversation slug={to.slug} part={to.screen === "conversation" ? null : to.screen} />;
  }
  switch (to.screen) {
    case "list":
      return <List />;
    case "new":
      return <Create />;
    case "staff":
      return <StaffPage />;
    case "unknown":
      return (
        <Lone title={app.unknown.title}>
          <p class="lead">{app.unknown.more}</p>
          <To to={{ screen: "list" }} class="btn">
            {app.toList}
          </To>
        </Lone>
      );
  }
}
