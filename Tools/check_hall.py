#!/usr/bin/env python3
"""Serves a hall's world, marks in headless Chromium as judges do, and says what is wrong.

check_hall.py WORLD --laurel PROGRAM [--shots FOLDER]

WORLD is what Tests/ServerTests/HallWorld.swift makes; it is copied first. A tablet makes its key, the organiser appoints it
by the command line, whole sheets go in at 390, 768 and 1280 pixels in both languages, with a reload and
an outage between; a sheet that comes back is corrected; the judge is dismissed. Then the forms alone,
with scripts switched off, and the board. Every page: no error on the console, nothing to scroll
sideways, each kind of page axe-core's rules in light and dark. Prints a line for each fault; exits 1 where there is one."""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from check_site import axe, browser, dark, fault, faults, width, WIDTHS

WIDTHS[768] = 1024
SECONDS = 30


class Hall:
    def __init__(self, world, laurel, shots):
        self.world, self.laurel, self.shots = world, laurel, shots
        self.port = self.serve(0)
        # A name for this machine: pages there count as secure.
        self.base = f"http://localhost:{self.port}/hall/"
        self.driver = browser()

    def serve(self, port):
        self.log = tempfile.TemporaryFile("w+")
        self.server = subprocess.Popen(
            [self.laurel, "serve", self.world / "hall.laurel", "--listen", f"127.0.0.1:{port}",
             "--hall-keys", self.world / "hall-keys", "--lang", "en"], stderr=self.log)
        for _ in range(200):
            time.sleep(0.05)
            self.log.seek(0)
            found = re.search(r"http://127\.0\.0\.1:(\d+)", self.log.read())
            if found:
                return int(found[1])
        raise SystemExit("the server does not start")

    def stop(self):
        self.server.kill()
        self.server.wait(10)

    def run(self, *words, keys=True):
        own = ["--keys", self.world / "keys", "--pin-file", self.world / "pin"] if keys else []
        done = subprocess.run(
            [self.laurel, *words, "--event", self.world / "hall.laurel", "--lang", "en", *own],
            capture_output=True, text=True)
        if done.returncode:
            fault(" ".join(words), done.stderr.strip())
        return done.stdout + done.stderr

    def open(self, path):
        self.driver.get(self.base + path)
        if self.driver.find_elements(By.CSS_SELECTOR, "script[src*='hall.js']"):
            self.wait(lambda d: d.execute_script("return document.documentElement.dataset.ready"))

    def wait(self, condition, what="nothing happens"):
        try:
            # A page may just be giving way to the next.
            return WebDriverWait(
                self.driver, SECONDS, poll_frequency=0.05, ignored_exceptions=(
                    NoSuchElementException, StaleElementReferenceException)).until(condition)
        except Exception:
            where = self.driver.current_url
            fault(where, what)
            print(self.driver.find_element(By.TAG_NAME, "body").text[:1500], file=sys.stderr)
            raise SystemExit(1)

    def one(self, selector):
        return self.wait(lambda d: next(iter(d.find_elements(By.CSS_SELECTOR, selector)), None),
                         f"no {selector}")

    def click(self, selector):
        target = self.one(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", target)
        target.click()

    def console(self, where, expected=()):
        for entry in self.driver.get_log("browser"):
            if entry["level"] in ("SEVERE", "WARNING") and not any(
                    word in entry["message"] for word in expected):
                fault(where, f"console: {entry['message']}")
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith((self.base[:-5], "data:", "about:", "chrome:")):
                    fault(where, f"asks for {url}")

    def look(self, name, rules=True):
        """What is wrong with the page as it stands, and its picture."""
        size = self.driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if size[0] > size[1]:
            fault(name, f"scrolls sideways: {size[0]} of {size[1]}")
        small = self.driver.execute_script(
            "return [...document.querySelectorAll('main button, main .choice, main a.cell, main a.row')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).length")
        if small:
            fault(name, f"{small} targets are lower than 44 pixels")
        self.console(name)
        if self.shots:
            self.driver.save_screenshot(str(self.shots / f"{name}.png"))
        if not rules:
            return
        for is_dark in (False, True):
            dark(self.driver, is_dark)
            axe(self.driver, f"{name} {'dark' if is_dark else 'light'}")
            if self.shots and is_dark:
                self.driver.save_screenshot(str(self.shots / f"{name}-dark.png"))
        dark(self.driver, False)

    def text(self):
        return self.driver.find_element(By.TAG_NAME, "main").text


def take_seat(hall):
    width(hall.driver, 768)
    hall.open("en/")
    hall.look("door-new", rules=False)
    hall.click("#make")
    hall.wait(lambda d: hall.one("#hex").text, "makes no key")
    key = hall.one("#hex").text.replace(" ", "")
    if not re.fullmatch("[0-9a-f]{64}", key):
        fault("door", f"shows the key {key}")
    hall.wait(lambda d: d.execute_script("return document.getElementById('code').naturalWidth > 0"))
    hall.look("door-key")
    hall.click("#enter")
    hall.wait(lambda d: "no appointment" in hall.text(), "an unappointed key is not told so")
    hall.console("door", expected=("401",))
    command = hall.one("#command").text
    if "--key " + key not in command:
        fault("door", f"the command says {command}")
    hall.run("appoint", "J-S01-01", "--role", "judge", "--person", "P-J-S01-01", "--item", "S01",
             "--as", "organiser", "--key", hall.one("#hex").text)
    taken = hall.driver.execute_async_script(
        "const done = arguments[0]; const open = indexedDB.open('laurel-hall');"
        "open.onsuccess = () => { const get = open.result.transaction('keys').objectStore('keys')"
        ".get('seat'); get.onsuccess = () => crypto.subtle.exportKey('pkcs8', get.result.key)"
        ".then(() => done('taken'), error => done(error.name)); };")
    if taken != "InvalidAccessError":
        fault("door", f"the private key can be exported: {taken}")
    sign_in(hall)
    return key


def sign_in(hall):
    hall.click("#enter")
    hall.wait(lambda d: "/work/S01" in d.current_url, "does not sign in")


def choose(hall, column, value):
    hall.click(f"#c{column} input[value='{value}']")


def mark(hall, by_keys):
    """A whole practical sheet, by touch or by keyboard."""
    if by_keys:
        first = hall.one("#c0 input")
        hall.driver.execute_script("arguments[0].focus()", first)
        for key in ("3", "y", "2"):
            hall.driver.switch_to.active_element.send_keys(key)
        field = hall.driver.switch_to.active_element
        if field.get_attribute("id") != "v3":
            fault("keys", f"the third key leads to {field.get_attribute('id')}")
        field.send_keys("19.5", Keys.ENTER)
        if hall.driver.switch_to.active_element.text not in ("Review", "核对并提交"):
            fault("keys", "Enter in the last field does not lead to the review")
    else:
        choose(hall, 0, "2")
        choose(hall, 1, "1")
        choose(hall, 2, "not attempted")
        hall.one("#v3").send_keys("１７。5")
    hall.wait(lambda d: hall.one("#entered").text == "4", "four values are not counted")


def review(hall):
    hall.click(".bar .button[value='review']")
    hall.wait(lambda d: d.find_element(By.ID, "review").is_displayed(), "no review")


def sheet(hall, language, pixels, entrant, by_keys):
    name = f"{language}-{pixels}"
    width(hall.driver, pixels)
    hall.open(f"{language}/work/S01")
    hall.look(f"work-{name}", rules=name in ("zh-390", "en-768"))
    hall.click(f"a[href$='/sheet/S01/{entrant}/P/1/J-S01-01']")
    hall.wait(lambda d: d.execute_script("return document.documentElement.dataset.ready"))
    # Out of range: told at once, in the words of the desk.
    hall.one("#v3").send_keys("99", Keys.TAB)
    wanted = "超出范围" if language == "zh" else "is out of range"
    hall.wait(lambda d: wanted in d.find_element(By.ID, "f3").text, "99 is not refused")
    hall.one("#v3").clear()
    mark(hall, by_keys)
    hall.wait(lambda d: not d.find_element(By.ID, "f3").text, "19.5 is not taken")
    total = "69.5" if by_keys else "245/6"
    hall.wait(lambda d: hall.one("#sum").text == total, f"the sheet does not add up to {total}")
    hall.look(f"sheet-{name}", rules=name in ("zh-390", "en-768"))
    # Nothing is lost where the page is loaded again.
    time.sleep(0.2)
    hall.driver.refresh()
    hall.wait(lambda d: d.execute_script("return document.documentElement.dataset.ready"))
    if hall.one("#entered").text != "4":
        fault(name, "a reload loses values")
    review(hall)
    shown = hall.one("#review").text
    if ("19.5" if by_keys else "17.5") not in shown:
        fault(name, f"the review does not show what was entered: {shown}")
    hall.look(f"review-{name}", rules=name == "en-390")
    hall.click("#sign")
    hall.one("#receipt")
    hall.look(f"receipt-{name}", rules=name == "zh-390")
    if not re.fullmatch("[0-9a-f]{12}", hall.one("#receipt").text):
        fault(name, "the receipt is none")


def outage(hall):
    """Two sheets signed without a network are sent once it is back, each once."""
    driver = hall.driver
    width(driver, 768)
    before = hall.run("status", "--format", "csv", keys=False)
    for number, entrant in enumerate(("S01-007", "S01-008")):
        hall.open(f"en/sheet/S01/{entrant}/P/1/J-S01-01")
        mark(hall, True)
        driver.set_network_conditions(offline=True, latency=0, throughput=0)
        review(hall)
        hall.click("#sign")
        # A reload would be a page of the browser's own.
        hall.wait(lambda d: "waits to be sent" in hall.text(), "does not say that it waits")
        line = hall.one("#line").text
        if "1 signed sheet waits" not in line:
            fault("outage", f"the line says: {line}")
        if not number:
            driver.save_screenshot(str(hall.shots / "outage.png")) if hall.shots else None
        driver.get_log("browser")
        driver.set_network_conditions(offline=False, latency=0, throughput=-1)
        hall.wait(lambda d: "Sent: " + entrant in d.find_element(By.ID, "line").text,
                  "is not sent when the network returns")
        driver.get_log("browser")
    hall.open("en/work/S01")
    if hall.one("#line").is_displayed():
        fault("outage", "something still waits: " + hall.one("#line").text)
    after = hall.run("status", "--format", "csv", keys=False)
    if before == after:
        fault("outage", "nothing reached the record")


def cut(hall):
    """An answer of a gate on the way, and one cut off behind its head, are no network: what is signed
    waits and is sent again; every request has a limit in time."""
    hall.open("en/sheet/S01/S01-001/T/1/-")
    hall.driver.execute_script(
        "const real = window.fetch; let turn = 0; window.bare = 0;"
        "window.fetch = async (path, options) => {"
        "  if (!options || !options.signal) window.bare++;"
        "  if (!String(path).includes('statements')) return real(path, options);"
        "  if (++turn === 1) return new Response('<p>Sign in to this network', {status: 403});"
        "  const response = await real(path, options);"
        "  if (turn > 2) return response;"
        "  return {ok: true, status: 200, headers: response.headers,"
        "          json: () => Promise.reject(new TypeError('cut off'))}; };")
    hall.one("#v0").send_keys("20")
    review(hall)
    hall.click("#sign")
    hall.wait(lambda d: "waits to be sent" in hall.text(), "what is signed is not said to wait")
    for _ in range(2):
        if "Sent: " in hall.one("#line").text:
            fault("cut", "an answer that is none counts as one")
        hall.driver.execute_script("window.dispatchEvent(new Event('online'))")
        hall.wait(lambda d: "1 signed sheet waits" in hall.one("#line").text
                  or "Sent: S01-001 T" in hall.one("#line").text)
        time.sleep(0.5)
    hall.wait(lambda d: "Sent: S01-001 T" in hall.one("#line").text, "is not sent again")
    if hall.driver.execute_script("return window.bare"):
        fault("cut", "a request has no limit in time")


def ask(hall):
    hall.open("en/sheet/S01/S01-003/T/1/-")
    hall.click(".ask summary")
    hall.one("#words").send_keys("Is <page 2> part of it & \"counted\"?")
    hall.click("#ask button[value='ask']")
    hall.wait(lambda d: "receipt" in d.find_element(By.ID, "asked").text, "the question is not sent")
    hall.open("en/work/S01")
    if "Is <page 2> part of it & \"counted\"?" not in hall.text():
        fault("ask", "the question is not shown")


def correct(hall):
    """A sheet that came back: only what it came back for, and a reason."""
    hall.run("sheet", "return", "S01", "S01-003", "--unit", "P", "--judge", "J-S01-01", "--aspect", "P.d",
             "--reason", "Compare photo 7", "--as", "CJ-S01")
    width(hall.driver, 390)
    hall.open("en/work/S01")
    if "sent back P.d: Compare photo 7" not in hall.text():
        fault("correct", "does not say why: " + hall.text()[:300])
    hall.click(".row.back")
    hall.wait(lambda d: d.execute_script("return document.documentElement.dataset.ready"))
    if hall.driver.find_elements(By.NAME, "v0"):
        fault("correct", "what did not come back is open")
    hall.one("#v3").clear()
    hall.one("#v3").send_keys("18")
    hall.click(".bar .button[value='review']")
    hall.wait(lambda d: "why" in d.find_element(By.ID, "f-1").text, "asks for no reason")
    hall.one("#reason").send_keys("Photo 7 shows it")
    hall.look("correct")
    review(hall)
    hall.click("#sign")
    hall.one("#receipt")


def leave(hall):
    hall.open("en/work/S01")
    hall.click(".top form button")
    hall.one("#enter")
    hall.wait(lambda d: d.find_element(By.ID, "enter").is_displayed())
    hall.driver.get(hall.base + "en/work/S01")
    if not hall.driver.current_url.endswith("/en/"):
        fault("leave", "still signed in")
    hall.wait(lambda d: d.find_element(By.ID, "enter").is_displayed())
    sign_in(hall)
    hall.run("dismiss", "J-S01-01", "--reason", "done", "--as", "organiser")
    hall.driver.get(hall.base + "en/work/S01")
    if not hall.driver.current_url.endswith("/en/"):
        fault("dismiss", "the dismissed judge still sees the page")
    hall.console("leave")


def by_forms(hall):
    """The key on the server, and no script anywhere."""
    driver = hall.driver
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    width(driver, 768)
    driver.get(hall.base + "zh/")
    driver.find_element(By.ID, "name").send_keys("J-S01-02")
    driver.find_element(By.ID, "pin").send_keys((hall.world / "pin").read_text())
    if hall.shots:
        driver.save_screenshot(str(hall.shots / "forms-door.png"))
    driver.find_element(By.CSS_SELECTOR, "form[action$='/pin'] button").click()
    hall.wait(lambda d: "/work/S01" in d.current_url and "由服务器以您的名义签名" in hall.text(),
              "does not say who signs")
    hall.one("a[href$='/sheet/S01/S01-001/P/1/J-S01-02']").click()
    hall.one("#v3").send_keys("12.25")
    for column, value in ((0, "3"), (1, "0"), (2, "1")):
        hall.one(f"#c{column} input[value='{value}']").send_keys(Keys.SPACE)
    hall.one("button[value='review']").click()
    hall.wait(lambda d: "步长" in d.find_element(By.ID, "f3").text
              or "小数位过多" in d.find_element(By.ID, "f3").text, "12.25 is not refused")
    hall.one("#v3").clear()
    hall.one("#v3").send_keys("12.5")
    hall.one("button[value='save']").click()
    hall.wait(lambda d: "已存" in hall.text(), "does not say that it is kept")
    if hall.shots:
        driver.save_screenshot(str(hall.shots / "forms-sheet.png"))
    hall.one("button[value='review']").click()
    hall.one("button[value='sign']")
    if hall.shots:
        driver.save_screenshot(str(hall.shots / "forms-review.png"))
    hall.one("button[value='sign']").click()
    if not re.fullmatch("[0-9a-f]{12}", hall.one("#receipt").text):
        fault("forms", "no receipt")
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    hall.console("forms", expected=("422",))


def board(hall, token):
    driver = hall.driver
    for language, pixels in (("zh", 1280), ("en", 390)):
        width(driver, pixels)
        driver.get("about:blank")
        driver.get(f"{hall.base}{language}/board/S02#{token}")
        hall.wait(lambda d: d.find_elements(By.CSS_SELECTOR, "#live tbody tr"), "no rows")
        text = driver.find_element(By.TAG_NAME, "body").text
        for word in (("未完成", "名次会变") if language == "zh" else ("incomplete", "Places will change")):
            if word not in text:
                fault("board", f"does not say {word}")
        if "<b>&\"'" not in text:
            fault("board", "a name is not shown as it is")
        low = driver.execute_script(
            "return Math.max(...[...document.querySelectorAll('tbody tr')]"
            ".map(row => row.getBoundingClientRect().bottom)) <= innerHeight")
        if not low:
            fault("board", "a row reaches below the screen")
        hall.look(f"board-{language}", rules=True)
    hall.stop()
    hall.wait(lambda d: "out of date" in d.find_element(By.ID, "state").text, "hides an outage")
    hall.serve(hall.port)
    hall.wait(lambda d: not d.find_element(By.ID, "state").text, "does not come back")
    driver.get_log("browser")
    turn = driver.execute_script("return document.getElementById('turn').textContent")
    hall.wait(lambda d: d.execute_script("return document.getElementById('turn').textContent") != turn,
              "the board does not turn")
    driver.get("about:blank")
    driver.get(f"{hall.base}en/board/S02#laurel_{'0' * 64}")
    hall.wait(lambda d: "no appointment" in d.find_element(By.ID, "state").text, "a false token is not told so")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("world", type=pathlib.Path)
    parser.add_argument("--laurel", required=True)
    parser.add_argument("--shots", type=pathlib.Path)
    given = parser.parse_args()
    place = tempfile.TemporaryDirectory(prefix="laurel-hall-")
    world = pathlib.Path(place.name) / "world"
    shutil.copytree(given.world, world)
    hall = Hall(world, given.laurel, given.shots)
    try:
        take_seat(hall)
        sheet(hall, "en", 390, "S01-001", False)
        sheet(hall, "zh", 390, "S01-002", True)
        sheet(hall, "en", 768, "S01-003", True)
        sheet(hall, "zh", 768, "S01-004", False)
        sheet(hall, "en", 1280, "S01-005", True)
        sheet(hall, "zh", 1280, "S01-006", False)
        ask(hall)
        cut(hall)
        outage(hall)
        correct(hall)
        leave(hall)
        by_forms(hall)
        board(hall, (world / "token").read_text())
    finally:
        hall.driver.quit()
        hall.stop()
        place.cleanup()
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
