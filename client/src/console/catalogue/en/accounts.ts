/** The staff page in English: accounts and invitations. */

import type { StaffWelcome } from "../../../wire";
import { said } from "./counting";

type Role = StaffWelcome["role"];

export function accountWords() {
  return {
    staff: {
      title: "Staff",
      mine: "Account",
      link: "Staff and account",
      as: (name: string, role: string) => `${name}, ${role}`,
      roles: {
        owner: "owner",
        moderator: "moderator",
        researcher: "researcher",
        observer: "observer",
      } satisfies Record<Role, string>,
      may: {
        owner: "Everything, also staff accounts and erasing.",
        moderator: "Edit, publish, run, release, mute, remove, download.",
        researcher: "Links, every file, explain. No commands.",
        observer: "The live view without numbers and authors. No files.",
      } satisfies Record<Role, string>,
      list: "Accounts",
      name: "Name",
      role: "Role",
      since: "Since",
      state: "State",
      roleOf: (name: string) => `Role of ${name}`,
      disable: "Disable",
      disableOf: (name: string) => `Disable ${name}`,
      enable: "Enable",
      enableOf: (name: string) => `Enable ${name}`,
      disabled: "disabled",
      you: "you",
      invite: "Invite somebody",
      inviteRole: "As",
      inviteButton: "Make an invitation link",
      invited: (role: string) =>
        said(
          `An invitation as ${role}`,
          "Send this link to one person. It works once, for a week, and is shown only here.",
        ),
      copy: "Copy link",
      password: "Your password",
      old: "Password now",
      new: "New password",
      newHint: "At least 10 characters. Your other sessions end.",
      short: "The password needs at least 10 characters.",
      change: "Change password",
      changed: "Your password was changed.",
      everywhere: "Sign out everywhere",
      everywhereText: "Ends every session of yours, this one too.",
    },
    invitation: {
      title: "You are invited",
      lead: (role: string) => `Make your account: ${role}.`,
      checking: "Looking at your invitation …",
      button: "Create account",
      noSecret: said(
        "This invitation is incomplete",
        "Open the whole link that you were sent, up to its last letter.",
      ),
      over: said(
        "This invitation doesn't work any more",
        "It was used or is too old. Ask whoever sent it for a new one.",
      ),
    },
  };
}
