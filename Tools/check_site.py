#!/usr/bin/env python3
"""Opens a site's pages in headless Chromium, as files, and says what is wrong with them.

check_site.py [SITE] [--every] [--honour NUMBER NAME STATE]… [--live FOLDER] [--shots FOLDER]

Each kind of page in both languages at 390, 1280 and 1920 pixels: no error on the console, nothing to
scroll sideways, no request to elsewhere; axe-core's rules in light and in dark; the search finds, the
board turns. With --every instead each page at 390 pixels, and each link in it followed to its file. The
look-up answers for every honour given; --live takes a live board's pages. Prints a line for each fault;
exits 1 where there is one."""
import argparse
import json
import pathlib
import sys
import urllib.parse

import axe_core_python
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

WIDTHS = {390: 844, 1280: 900, 1920: 1080}
AXE = (pathlib.Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")
    print(faults[-1], flush=True)


def browser():
    options = webdriver.ChromeOptions()
    for option in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   "--disable-dev-shm-usage", "--force-device-scale-factor=1"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(30)
    return driver


def kinds(site, language):
    """One page of each kind; of items the longest."""
    root = site / language
    pages = [root / name for name in ("index.html", "medals.html", "honours.html", "lookup.html",
                                      "about.html", "changes.html") if (root / name).exists()]
    for folder in ("items", "delegations"):
        pages.append(max((root / folder).glob("*.html"), key=lambda page: page.stat().st_size))
    return pages


def width(driver, pixels):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": pixels, "height": WIDTHS[pixels], "deviceScaleFactor": 1, "mobile": False})


def dark(driver, is_dark):
    value = "dark" if is_dark else "light"
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": "prefers-color-scheme", "value": value}]})


def console(driver, where):
    for entry in driver.get_log("browser"):
        if entry["level"] in ("SEVERE", "WARNING"):
            fault(where, f"console: {entry['message']}")
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(("file:", "data:")):
                fault(where, f"asks for {url}")


def axe(driver, where):
    # The page's policy forbids foreign scripts; the driver is not bound by it.
    driver.execute_script(AXE)
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {resultTypes: ['violations']}).then(done, e => done({error: String(e)}));")
    if "error" in found:
        return fault(where, f"axe: {found['error']}")
    for violation in found["violations"]:
        nodes = "; ".join(str(node["target"]) for node in violation["nodes"][:3])
        fault(where, f"axe {violation['id']} ({len(violation['nodes'])}): {nodes}")


def visit(driver, site, page, shots):
    name = str(page.relative_to(site))
    for pixels in WIDTHS:
        where = f"{name} at {pixels}"
        width(driver, pixels)
        driver.get(page.as_uri())
        size = driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if size[0] > size[1]:
            fault(where, f"scrolls sideways: {size[0]} of {size[1]}")
        console(driver, where)
        if shots:
            driver.save_screenshot(str(shots / f"{name.replace('/', '-')}-{pixels}.png"))
    width(driver, 1280)
    for is_dark in (False, True):
        dark(driver, is_dark)
        axe(driver, f"{name} {'dark' if is_dark else 'light'}")
        if shots and is_dark:
            driver.save_screenshot(str(shots / f"{name.replace('/', '-')}-dark.png"))
    dark(driver, False)


def every(driver, site):
    """Each page on a phone: nothing clipped, nothing on the console, no link that leads nowhere."""
    width(driver, 390)
    for page in sorted(site.rglob("*.html")):
        where = f"{page.relative_to(site)} at 390"
        driver.get(page.as_uri())
        size = driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if size[0] > size[1]:
            fault(where, f"scrolls sideways: {size[0]} of {size[1]}")
        for link in driver.execute_script(
                "return [...document.querySelectorAll('[href], [src]')].map(x => new URL("
                "x.getAttribute('href') ?? x.getAttribute('src'), document.baseURI).href)"):
            url = urllib.parse.urlsplit(link)
            if url.scheme == "data":
                continue
            target = pathlib.Path(urllib.parse.unquote(url.path))
            if url.scheme != "file" or not target.is_file() or site not in target.parents:
                fault(where, f"leads to {link}")
        console(driver, where)
        axe(driver, where)


def live(driver, folder, shots):
    for page in sorted(folder.glob("*.html")):
        visit(driver, folder, page, shots)
        width(driver, 1920)
        driver.get(page.as_uri())
        # Whatever stands in it is seen, also where nobody is through yet.
        seen = driver.execute_script(
            "return [...document.querySelectorAll('#main tbody tr, #main .said')]"
            ".filter(e => e.offsetParent && e.textContent.trim()).length")
        if not seen:
            fault(page.name, "shows nothing below its title")
        axe(driver, f"{page.name} at 1920")
        # It reaches its last screen, and loads itself again after it.
        driver.get(page.as_uri() + "?seconds=1")
        driver.execute_script("window.isOld = true")
        try:
            WebDriverWait(driver, 20).until(
                lambda d: d.execute_script("return document.readyState === 'complete' && !window.isOld"))
        except Exception:
            fault(page.name, "does not load itself again")


def search(driver, site, language):
    where = f"{language} search"
    driver.get((site / language / "index.html").as_uri())
    first = driver.find_element(By.CSS_SELECTOR, ".items .code").text
    driver.find_element(By.ID, "query").send_keys(first)
    hits = driver.find_elements(By.CSS_SELECTOR, "#found a")
    if not hits:
        return fault(where, f"{first} is not found")
    driver.get(hits[0].get_attribute("href"))
    if first not in driver.find_element(By.TAG_NAME, "main").text:
        fault(where, f"{first} leads elsewhere")
    console(driver, where)


def board(driver, site, language, shots):
    where = f"{language} board"
    width(driver, 1920)
    for path in kinds(site, language):
        driver.get(path.as_uri() + "?board&seconds=60")
        if not driver.execute_script("return document.querySelector('.turn')"):
            continue
        # Its colours are those of the page, which has been looked at in the dark.
        axe(driver, f"{where} {path.name}")
        driver.get(path.as_uri() + "?board&seconds=1")
        turn = "return document.querySelector('.turn').textContent"
        first = driver.execute_script(turn)
        if shots:
            driver.save_screenshot(str(shots / f"{language}-board-{path.stem}.png"))
        low = driver.execute_script(
            "return Math.max(...[...document.querySelectorAll('main tr, main li')]"
            ".map(row => row.getBoundingClientRect().bottom)) -"
            "document.querySelector('.turn').getBoundingClientRect().top")
        if low > 0:
            fault(where, f"{path.name}: a row reaches below the screen's foot by {low}")
        if first.endswith("/ 1"):
            continue
        try:
            WebDriverWait(driver, 5).until(lambda d: d.execute_script(turn) != first)
        except Exception:
            fault(where, f"{path.name} does not turn")
        console(driver, where)
    width(driver, 1280)


def look_up(driver, site, language, number, name, state):
    where = f"{language} look-up"
    page = (site / language / "lookup.html").as_uri()

    def answer(kind):
        WebDriverWait(driver, 5).until(
            lambda d: d.find_elements(By.CSS_SELECTOR, "#answer .state"))
        shown = driver.find_element(By.CSS_SELECTOR, "#answer .state").get_attribute("class")
        if kind not in shown.split():
            fault(where, f"says {shown}, not {kind}")

    driver.get("about:blank")
    driver.get(page + "#" + number)
    answer(state)
    for typed, shows in ((name, "good"), ("别人", "warn")):
        if not name:
            continue
        field = driver.find_element(By.ID, "name")
        field.clear()
        field.send_keys(typed)
        driver.find_element(By.CSS_SELECTOR, "#lookup button").click()
        answer(state)
        if not driver.find_elements(By.CSS_SELECTOR, f"#answer .{shows}"):
            fault(where, f"the name {typed} shows no {shows}")
    # Typed by hand from the certificate, with and without dashes, in capitals.
    field = driver.find_element(By.ID, "number")
    for typed, kind in ((number, state), ("0" * 32, "unknown"), (number.upper(), state),
                        ("x", "unknown"), (" " + number.replace("-", "") + " ", state)):
        field.clear()
        field.send_keys(typed)
        driver.find_element(By.CSS_SELECTOR, "#lookup button").click()
        answer(kind)
    console(driver, where)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=pathlib.Path, nargs="?")
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--honour", nargs=3, action="append", default=[])
    parser.add_argument("--live", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path)
    given = parser.parse_args()
    driver = browser()
    try:
        if given.live:
            live(driver, given.live.resolve(), given.shots)
        site = given.site and given.site.resolve()
        if site and given.every:
            every(driver, site)
        for language in ("zh", "en") if site else ():
            if not given.every:
                for page in kinds(site, language):
                    visit(driver, site, page, given.shots)
                search(driver, site, language)
                board(driver, site, language, given.shots)
            for honour in given.honour:
                look_up(driver, site, language, *honour)
    finally:
        driver.quit()
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
