/** A link as a QR code: to be looked at, saved, printed. The server draws it, by the link's number. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Result } from "../../api";
import { svgAddress, viewBox } from "../qr_picture";
import { signedOut } from "../session";
import { type Link, type QrCode, staffApi } from "../staff_api";
import { useLive } from "./commands";
import { CopyButton } from "./copy";
import { Paper } from "./paper";
import { Dialog, Refused } from "./parts";
import { useWords } from "./words";

/** Dark on white in every scheme: readers expect that. */
export function QrPicture({ code, label }: { code: QrCode; label: string }) {
  return (
    <svg class="qr" viewBox={viewBox(code)} role="img" aria-label={label}>
      <path d={code.path} />
    </svg>
  );
}

export function QrDialog({ link, onClose }: { link: Link; onClose: () => void }) {
  const { qr: words, links } = useWords();
  const live = useLive();
  const answer = useSignal<Result<{ codes: readonly QrCode[] }> | null>(null);
  const single = link.pid === "";
  useEffect(() => {
    let over = false;
    const draw = async () => {
      const result = await staffApi.codes(live.slug, link.number, 1);
      if (!over && !signedOut(result)) answer.value = result;
    };
    void draw();
    return () => {
      over = true;
    };
  }, [live, link.number, answer]);
  const result = answer.value;
  const code = result?.ok ? result.value.codes[0] : undefined;
  const label = single ? words.pictureSingle : words.picture(link.number);
  return (
    <Dialog title={single ? words.single : words.of(link.number)} onClose={onClose}>
      <div class="stack" aria-live="polite">
        {result === null && <p class="quiet">{words.drawing}</p>}
        {result !== null && !result.ok && <Refused refusal={result.refusal} />}
        {code !== undefined && <QrPicture code={code} label={label} />}
        <p class="mono small single-link" dir="ltr">
          {link.link}
        </p>
      </div>
      {code !== undefined && (
        <Paper>
          <QrPicture code={code} label={label} />
          <p class="mono">{link.link}</p>
        </Paper>
      )}
      <p class="small quiet">{single ? words.hintSingle : words.hint}</p>
      <div class="row row-wrap qr-acts">
        <CopyButton text={link.link} label={links.copySingle} wide />
        {code !== undefined && (
          <>
            <a
              class="btn btn-s"
              download={`${live.slug}-${link.number}.svg`}
              href={svgAddress(code)}
            >
              {words.save}
            </a>
            <button type="button" class="btn btn-s" onClick={() => window.print()}>
              {words.print}
            </button>
          </>
        )}
        <button type="button" class="btn btn-s" data-safe onClick={onClose}>
          {words.close}
        </button>
      </div>
    </Dialog>
  );
}
