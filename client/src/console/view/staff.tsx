/** One's own account for everybody; all accounts and invitations for owners. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Result } from "../../api";
import type { Refusal } from "../../wire";
import { signedOut, signOut, who } from "../session";
import { type Account, type Me as Mine, staffApi } from "../staff_api";
import { mayOwn } from "../state";
import { dayOf } from "../zones";
import { CopyButton } from "./copy";
import { Panel } from "./fields";
import { Frame, Me } from "./frame";
import { Icon } from "./icons";
import { Password } from "./own_password";
import { Banner, Refused, To } from "./parts";
import { useWords } from "./words";

type Role = Mine["role"];
const ROLES: readonly Role[] = ["owner", "moderator", "researcher", "observer"];

export function StaffPage() {
  const words = useWords();
  if (who.value.kind !== "somebody") return null;
  const { me } = who.value;
  const owner = mayOwn(me.role);
  return (
    <Frame title={words.app.name} top={<Me />}>
      <div class="page-head">
        <div>
          <h2>{owner ? words.staff.title : words.staff.mine}</h2>
          <p class="quiet">
            <bdi>{words.staff.as(me.name, words.staff.roles[me.role])}</bdi>.{" "}
            {words.staff.may[me.role]}
          </p>
        </div>
        <To to={{ screen: "list" }} class="btn btn-plain btn-flush">
          <Icon name="back" flip />
          {words.app.toList}
        </To>
      </div>
      <div class="stack form">
        {owner && <Accounts me={me.name} />}
        {owner && <Invite />}
        <Password />
        <Panel id="everywhere" title={words.staff.everywhere}>
          <p class="small quiet">{words.staff.everywhereText}</p>
          <div>
            <button type="button" class="btn" onClick={() => void signOut(true)}>
              {words.staff.everywhere}
            </button>
          </div>
        </Panel>
      </div>
    </Frame>
  );
}

type Answer = Result<{ accounts: readonly Account[] }>;

function Accounts({ me }: { me: string }) {
  const { staff: words, app } = useWords();
  const answer = useSignal<Answer | null>(null);
  const refusal = useSignal<Refusal | null>(null);
  const fetchAll = async () => {
    const result = await staffApi.accounts();
    if (!signedOut(result)) answer.value = result;
  };
  useEffect(() => {
    void fetchAll();
  }, []);
  const change = async (id: number, what: { role?: Role; disabled?: boolean }) => {
    const result = await staffApi.changeAccount(id, what);
    if (signedOut(result)) return;
    refusal.value = result.ok ? null : result.refusal;
    // What is shown is what the server says, after a refusal too.
    await fetchAll();
  };
  const result = answer.value;
  return (
    <section class="panel" aria-labelledby="accounts-head">
      <div class="panel-head">
        <h3 id="accounts-head">{words.list}</h3>
      </div>
      {refusal.value && (
        <div class="panel-note">
          <Refused refusal={refusal.value} />
        </div>
      )}
      {result === null && <p class="panel-body quiet">{app.loading}</p>}
      {result !== null && !result.ok && (
        <div class="panel-body">
          <Refused refusal={result.refusal} />
        </div>
      )}
      {result?.ok && (
        <div class="table-wrap">
          <table class="list accounts">
            <thead>
              <tr>
                <th scope="col">{words.name}</th>
                <th scope="col">{words.role}</th>
                <th scope="col" class="hide-c">
                  {words.since}
                </th>
                <th scope="col">{words.state}</th>
              </tr>
            </thead>
            <tbody>
              {result.value.accounts.map((account) => (
                <Row key={account.id} account={account} me={me} change={change} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({
  account,
  me,
  change,
}: {
  account: Account;
  me: string;
  change: (id: number, what: { role?: Role; disabled?: boolean }) => Promise<void>;
}) {
  const { f, staff: words } = useWords();
  const { id, name, role, disabled } = account;
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi> {name === me && <span class="pill">{words.you}</span>}
      </th>
      <td>
        <RoleSelect
          label={words.roleOf(name)}
          value={role}
          onChoose={(next) => void change(id, { role: next })}
        />
      </td>
      <td class="hide-c quiet">{dayOf(f.locale, account.created_at)}</td>
      <td>
        <span class="row">
          {disabled && <span class="pill pill-stop">{words.disabled}</span>}
          <button
            type="button"
            class="btn btn-s"
            aria-label={disabled ? words.enableOf(name) : words.disableOf(name)}
            onClick={() => void change(id, { disabled: !disabled })}
          >
            {disabled ? words.enable : words.disable}
          </button>
        </span>
      </td>
    </tr>
  );
}

function RoleSelect({
  label,
  value,
  onChoose,
  id,
}: {
  label?: string;
  value: Role;
  onChoose: (role: Role) => void;
  id?: string;
}) {
  const { staff: words } = useWords();
  return (
    <select
      id={id}
      class="input input-s"
      aria-label={label}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value as Role)}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {words.roles[role]}
        </option>
      ))}
    </select>
  );
}

function Invite() {
  const { staff: words } = useWords();
  const role = useSignal<Role>("moderator");
  const made = useSignal<{ role: Role; link: string } | null>(null);
  const refusal = useSignal<Refusal | null>(null);
  const busy = useSignal(false);
  const invite = async () => {
    if (busy.value) return;
    const asked = role.value;
    busy.value = true;
    const result = await staffApi.invite(asked);
    busy.value = false;
    if (signedOut(result)) return;
    refusal.value = result.ok ? null : result.refusal;
    made.value = result.ok ? { role: asked, link: result.value.link } : null;
  };
  return (
    <Panel id="invite" title={words.invite}>
      <div class="field">
        <label for="invite-role">{words.inviteRole}</label>
        <RoleSelect
          id="invite-role"
          value={role.value}
          onChoose={(chosen) => {
            role.value = chosen;
          }}
        />
        <p class="hint">{words.may[role.value]}</p>
      </div>
      {refusal.value && <Refused refusal={refusal.value} />}
      <div>
        <button type="button" class="btn" aria-busy={busy.value} onClick={() => void invite()}>
          {words.inviteButton}
        </button>
      </div>
      <div role="status">{made.value && <Link made={made.value} />}</div>
    </Panel>
  );
}

function Link({ made }: { made: { role: Role; link: string } }) {
  const { staff: words } = useWords();
  const said = words.invited(words.roles[made.role]);
  return (
    <div class="stack">
      <Banner tone="go" title={said.title} more={said.more} />
      <div class="row row-wrap">
        <span class="mono grow single-link" dir="ltr">
          {made.link}
        </span>
        <CopyButton text={made.link} label={words.copy} wide />
      </div>
    </div>
  );
}
