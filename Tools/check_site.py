#!/usr/bin/env python3
"""Opens a site's pages in headless Chromium, as files, and says what is wrong with them.

check_site.py SITE [--number N --name NAME --state valid] [--shots FOLDER]

Each kind of page in both languages at 390, 1280 and 1920 pixels: no error on the console, nothing to
scroll sideways, no request to elsewhere; axe-core's rules in light and in dark; the search finds, the
board turns, the look-up answers. Prints a line for each fault; exits 1 where there is one."""
import argparse
import json
import pathlib
import sys

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
    page = kinds(site, language)[-2]
    where = f"{language} board"
    width(driver, 1920)
    for path in (site / language / "index.html", page):
        driver.get(path.as_uri() + "?board&seconds=1")
        turn = "return document.querySelector('.turn').textContent"
        first = driver.execute_script(turn)
        if shots:
            driver.save_screenshot(str(shots / f"{language}-board-{path.stem}.png"))
        low = driver.execute_script(
            "return Math.max(...[...document.querySelectorAll('main tr, main li')]"
            ".map(row => row.getBoundingClientRect().bottom))")
        if low > 1080:
            fault(where, f"{path.name}: a row reaches below the screen")
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
        field = driver.find_element(By.ID, "name")
        field.clear()
        field.send_keys(typed)
        driver.find_element(By.CSS_SELECTOR, "#lookup button").click()
        answer(state)
        if not driver.find_elements(By.CSS_SELECTOR, f"#answer .{shows}"):
            fault(where, f"the name {typed} shows no {shows}")
    field = driver.find_element(By.ID, "number")
    for typed, kind in (("0" * 32, "unknown"), ("x", "unknown")):
        field.clear()
        field.send_keys(typed)
        driver.find_element(By.CSS_SELECTOR, "#lookup button").click()
        answer(kind)
    console(driver, where)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=pathlib.Path)
    for option in ("--number", "--name", "--state"):
        parser.add_argument(option)
    parser.add_argument("--shots", type=pathlib.Path)
    given = parser.parse_args()
    site = given.site.resolve()
    driver = browser()
    try:
        for language in ("zh", "en"):
            for page in kinds(site, language):
                visit(driver, site, page, given.shots)
            search(driver, site, language)
            board(driver, site, language, given.shots)
            if given.number:
                look_up(driver, site, language, given.number, given.name, given.state)
    finally:
        driver.quit()
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
