/** The staff page in English: why the server did nothing. */

import type { Formats } from "../../../i18n";
import type { Reason, Sentence } from "../../refusals";

export function refusalWords(f: Formats) {
  return {
    refusal: {
      /** By code, where all its refusals mean the same. */
      codes: {
        account_last_owner: "This is the last owner; without one nobody could run this server.",
        account_over: "This invitation was used or is too old. Ask for another one.",
        account_unknown: "There is no such account.",
        anonymous:
          "There is no participant file: this conversation is anonymous, so nothing connects answers to people.",
        damaged: "This is no number of a link: it is a p and 16 letters and digits.",
        guide: "The guide has problems. Nothing was imported.",
        malformed:
          "The server doesn't understand this page. Reload it; there may be a new version.",
        no_room: "Not enough disk to make this file. Nothing was changed.",
        nothing_left:
          "Everything in the guide was sent or skipped. Send an item again, add one, or end.",
        origin:
          "The server takes this only from its own address. Open the page at its public address.",
        role: "Your role may not do this. Ask the owner.",
        signed_out: "You are not signed in. Sign in and try again.",
        slow_down:
          "Too many wrong passwords came from your network. Wait a while, or try from elsewhere.",
        too_large: "This is too large for the server.",
        unavailable:
          "The server can't do this just now. Nothing was changed; try again in a moment.",
        unknown: "There is no conversation with this address.",
        unlisted: "There is nobody with this number or link in these files.",
      } satisfies Record<string, string>,
      /** By reason; with the number that it tells. */
      reasons: {
        account_closed: "This account is closed. Ask the owner.",
        address_taken: "This address is not free. Choose another one.",
        arriving: "Too close to the start; people are arriving.",
        bounds_stay: "Somebody answered: its bounds and labels can't change any more.",
        changed_guide:
          "Nothing was replaced: somebody changed the guide a moment ago. Look at it again.",
        changed_item:
          "Nothing was done: somebody changed this item a moment ago. Look at it again.",
        close_live: "Questions are closed while the conversation is live.",
        days: (most: number) => `It can stay open for 1 to ${f.number(most)} days.`,
        draft_only: "Only a draft can be published.",
        drop_begun: "The guide was begun. Skip the item, or take it back.",
        end_live: "Only a live conversation can be ended.",
        end_stays: "Only an End by hand of the live part can be taken back. Reopen it instead.",
        erase_running: "People can answer in it now. End it first.",
        file_broken: "The file did not arrive whole. Choose it again.",
        first_run_over: "This link was used or is too old. Start the server again.",
        guide_begun: "The guide was begun. Add or correct single items instead.",
        guide_large: (kib: number) =>
          `The guide is ${f.number(kib)} KiB too large. Shorten its texts.`,
        item_gone: "This item is not in the guide any more.",
        item_sent: "Nothing was done: something else was sent a moment ago.",
        kind_stays: "It would give other questions another number. Add a new item.",
        late_answers: (seconds: number) =>
          `Late answers can still arrive. Reopen it in ${f.number(seconds)} s.`,
        links_cut: (least: number) =>
          `That would cut links you may have handed out. Keep ${f.number(least)} or more.`,
        links_work: "Links work already. Take it back to draft to change their kind.",
        name_missing: "Write a name to sign in with, of at most 100 characters.",
        name_taken: "Somebody has this name already. Choose another one.",
        never_sent: "It was never sent. Skip it instead.",
        no_end: "There is no end to take back.",
        no_question: "The guide asks no question. A conversation needs one at least.",
        nobody: "There is no such participant any more.",
        old_password: "The old password is not right.",
        options_stay: "Options of a question that was sent can't be taken away.",
        order_begun: "The guide was begun. You can send its items in any order.",
        over_add: "The conversation is over. Reopen it, or duplicate it.",
        over_edit: "The conversation is over. Its words stay as people read them.",
        over_remove: "The conversation is over. Mute the answers if they are in the way.",
        own_pace: "People go at their own pace now; messages are not sent any more.",
        owned: "Somebody owns this server already. Sign in instead.",
        password_long: (most: number) => `A password has at most ${f.number(most)} characters.`,
        password_short: (least: number) => `A password has at least ${f.number(least)} characters.`,
        phase_moved: "Nothing was done: the conversation is in another phase by now.",
        release_running: "Links are released while people can answer.",
        reopen_ended: "Only an ended conversation can be reopened.",
        reworded: "Somebody answered: options can be added, not reworded.",
        send_live: "Items are sent while the conversation is live.",
        sent_already: "It was sent already and can't be skipped.",
        settings_begun: "This can't be changed any more: the conversation has started.",
        single_link: "The single link is for everybody; there is nothing to release.",
        start_past:
          "The start is past, and it would start at once. Set a later one, or start it by hand.",
        start_published: "Only a published conversation can be started.",
        title_differs: "Type the conversation's name as it stands there, to be sure.",
        type_stays: "A question that was sent keeps its type. Withdraw it and add another.",
        undo_late: "It is too late to take the End back. Reopen it instead.",
        unpublish_published: "Only a published conversation can go back to draft.",
        withdraw_running: "Items are taken back while people can answer.",
        wrong_sign_in: "This name and password don't go together. Try again.",
      } satisfies Record<Reason, Sentence>,
      /** By close code: why the live line stopped. */
      closes: {
        4400: "The server doesn't understand this page. Reload it; there may be a new version.",
        4403: "Your role has changed and may not see this screen. Reload the page.",
        4411: "This conversation was erased.",
      } satisfies Record<number, string>,
    },
  };
}
