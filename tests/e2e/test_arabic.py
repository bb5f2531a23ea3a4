"""The same page from right to left: an Arabic reader's phone, with questions in two scripts."""

from __future__ import annotations

import datetime
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.camera import Camera
from tests.e2e.site import Site

GUIDE = """\
items:
  - message: أهلًا بكم! لا توجد إجابات صحيحة أو خاطئة.
  - single_choice: هل تستخدم الدراجة في مدينتك؟
    options: [نعم، كل يوم, أحيانًا, لا]
    other: true
  - scale: How safe do you feel when you cross the street?
    min: 0
    max: 10
    min_label: Not safe at all
    max_label: آمن جدًّا
  - open_text: ما الذي يجعل شارعك أفضل؟
"""
NAMES = ("ليلى حدّاد", "Amina Okafor", "يوسف منصور")


async def test_the_whole_page_reads_from_right_to_left(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    starts = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5)
    talk = await site.talk(
        GUIDE, "publish", title="شوارعنا", starts_at=starts.isoformat(), zone="UTC"
    )
    phone = await browsing.phone(talk.links[0], language="ar-EG")
    await expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    await expect(phone.locator("html")).to_have_attribute("lang", "ar")
    await camera.look(phone, "arabic-terms")
    await phone.get_by_role("button", name="أوافق، إلى غرفة الانتظار").click()
    await expect(phone.get_by_role("heading", name="أنت في المكان الصحيح")).to_be_visible()
    await camera.look(phone, "arabic-waiting")
    await site.command(talk, "start")
    await phone.get_by_role("button", name="انضمام").click()
    await site.command(talk, "next")
    await expect(phone.get_by_text("أهلًا بكم!")).to_be_visible()
    await site.command(talk, "next")
    await answer(phone, "أحيانًا")
    await camera.look(phone, "arabic-choice")
    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="How safe")).to_be_visible()
    await camera.look(phone, "arabic-scale")
    await site.command(talk, "next")
    await phone.get_by_label("إجابتك").fill("مقعد عند الموقف no. 12")
    await phone.get_by_role("button", name="أرسل الإجابة").click()
    await expect(phone.locator(".status")).to_contain_text("حُفظت")
    await site.command(talk, "end")
    await expect(phone.get_by_text("لقد حُسبت مشاركتك.")).to_be_visible()
    # Two of three questions, in the digits of the reader.
    await expect(phone.get_by_text("٢ من ٣").first).to_be_visible()
    await camera.look(phone, "arabic-thanks")
    assert "مقعد عند الموقف no. 12" in await site.file(talk, "answers.csv")


async def answer(phone: Page, option: str) -> None:
    await phone.get_by_label(option).check()
    await phone.get_by_role("button", name="أرسل الإجابة").click()
    await expect(phone.locator(".status")).to_contain_text("حُفظت")


async def test_an_options_label_begins_where_its_reader_begins(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next", "next")
    for language, marks_first in (("ar-EG", False), ("en-GB", True)):
        phone = await browsing.phone(talk.links[0 if marks_first else 1], language=language)
        await phone.get_by_role("button", name="Join" if marks_first else "انضمام").click()
        row = phone.locator(".choice").first
        mark = await row.get_by_role("radio").bounding_box()
        whole = await row.bounding_box()
        assert mark is not None
        assert whole is not None
        middle = whole["x"] + whole["width"] / 2
        assert (mark["x"] + mark["width"] / 2 < middle) is marks_first


async def test_the_staff_page_reads_from_right_to_left(
    site: Site, browsing: Browsing, camera: Camera, tmp_path: Path
) -> None:
    starts = datetime.datetime(2098, 5, 1, 10, tzinfo=datetime.UTC).isoformat()
    talk = await site.talk(GUIDE, title="شوارعنا", starts_at=starts, zone="Asia/Riyadh")
    page = f"/console/{talk.slug}"
    desk = await browsing.desk("/console", language="ar-EG")
    await expect(desk.locator("html")).to_have_attribute("dir", "rtl")
    await camera.see(desk, "المحادثات", "arabic-list")
    desk = await browsing.desk(f"{page}/guide", language="ar-EG")
    await expect(desk.get_by_text("How safe do you feel").first).to_be_visible()
    await camera.look(desk, "arabic-guide")
    desk = await browsing.desk(f"{page}/audience", language="ar-EG")
    await camera.see(desk, "قبل أن تنشر", "arabic-audience")
    await site.command(talk, "publish", "start", "next", "next")
    phone = await browsing.phone(talk.links[0], language="ar-EG")
    await phone.get_by_role("button", name="انضمام").click()
    await answer(phone, "أحيانًا")
    desk = await browsing.desk(f"{page}/live", language="ar-EG")
    await expect(desk.get_by_text("أجاب").first).to_be_visible()
    await camera.look(desk, "arabic-live")
    await site.command(talk, "end")
    desk = await browsing.desk(f"{page}/results", language="ar-EG")
    await camera.see(desk, "نسبة الإجابة بحسب السؤال", "arabic-results")
    await expect(desk.get_by_text("من ٣ أشخاص").first).to_be_visible()
    await desk.get_by_role("link", name="اشرح").click()
    await camera.see(desk, "كيف وصل", "arabic-explain")
    await expect(desk.get_by_text("\u0661 من \u0661 = ")).to_have_count(2)
    desk = await browsing.desk(f"{page}/match", language="ar-EG")
    await expect(desk.get_by_text("لا يُرفع شيء.")).to_be_visible()
    roster = tmp_path / "القائمة.csv"
    lines = "\n".join(f"{name},{link}" for name, link in zip(NAMES, talk.links, strict=True))
    roster.write_text(f"الاسم,الرابط\n{lines}\n", "utf-8")
    await desk.locator("#list-file").set_input_files(roster)
    for result in ("\u0661 جاء، ", "\u0660 رُدَّ", "٢ لم يأتِ"):
        await expect(desk.get_by_role("button", name=result)).to_be_visible()
    await camera.look(desk, "arabic-match")


async def test_what_the_server_refuses_staff_is_said_in_arabic(
    site: Site, browsing: Browsing, tmp_path: Path
) -> None:
    talk = await site.talk(GUIDE, title="شوارعنا")
    browsing.expected = r"status of 422"
    desk = await browsing.desk(f"/console/{talk.slug}/audience", language="ar-EG")
    await desk.locator("#max").fill("1")
    await desk.get_by_role("button", name="احفظ").click()
    await expect(desk.get_by_role("alert")).to_have_text(
        "سيُسقط هذا روابط ربما وزّعتها. لا تنزل عن ٣."
    )
    # What a guide file has wrong stays the server's, and says so to whoever reads it aloud.
    bad = tmp_path / "guide.yaml"
    bad.write_text("items:\n  - scale: كم؟\n", "utf-8")
    desk = await browsing.desk("/console/new", language="ar-EG")
    await desk.locator("#guide-file").set_input_files(bad)
    served = desk.locator(".places [lang=en][dir=ltr]")
    await expect(served.first).to_have_text("There is no 'min'. Add it.")
