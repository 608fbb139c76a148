"""Uses the web page in headless Chromium: page.py PORT SCREENSHOTS. Needs Chromium (apt install chromium)."""
import base64
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

import websocket

PORT, OUT = sys.argv[1], pathlib.Path(sys.argv[2])
OUT.mkdir(parents=True, exist_ok=True)
ids = itertools.count(1)
errors = []


class Page:
    def __init__(self, socket):
        self.socket = websocket.create_connection(socket, suppress_origin=True, timeout=30)
        for domain in ("Page", "Runtime", "Log", "DOM", "Network"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        wanted = next(ids)
        self.socket.send(json.dumps({"id": wanted, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "Runtime.exceptionThrown":
                errors.append(message["params"]["exceptionDetails"].get("text", "") + str(message["params"]["exceptionDetails"].get("exception", {}).get("description")))
            elif message.get("method") == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
                errors.append(message["params"]["entry"]["text"] + " " + message["params"]["entry"].get("url", ""))
            elif message.get("id") == wanted:
                if "error" in message:
                    sys.exit(f"page.py: {method}: {message['error']}")
                return message["result"]

    def js(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            sys.exit(f"page.py: {expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def until(self, expression, seconds=30):
        end = time.monotonic() + seconds
        while not self.js(expression):
            if time.monotonic() > end:
                self.picture("stuck")
                sys.exit(f"page.py: not true after {seconds} s: {expression}; errors: {errors}")
            time.sleep(0.1)

    def size(self, width, height, dark=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def picture(self, name):
        data = self.call("Page.captureScreenshot", format="png")["data"]
        (OUT / f"{name}.png").write_bytes(base64.b64decode(data))

    def file(self, selector, content, name):
        path = OUT / name
        path.write_bytes(content)
        node = self.call("DOM.querySelector", nodeId=self.call("DOM.getDocument")["root"]["nodeId"], selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path.resolve())])

    def key(self, name, code):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=code, text="\r" if name == "Enter" and kind == "keyDown" else "")


def elf():
    """The first bytes of a RISC-V executable."""
    head = bytearray(128)
    head[:6] = b"\x7fELF\x02\x01"
    head[16], head[18] = 2, 243
    return bytes(head)


with tempfile.TemporaryDirectory() as profile:
    browser = subprocess.Popen(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port_file = pathlib.Path(profile, "DevToolsActivePort")
        end = time.monotonic() + 60
        while not port_file.exists() or not port_file.read_text().strip():
            if time.monotonic() > end:
                sys.exit("page.py: Chromium does not start")
            time.sleep(0.2)
        debugging = port_file.read_text().split()[0]
        targets = json.load(urllib.request.urlopen(f"http://127.0.0.1:{debugging}/json"))
        page = Page(next(target["webSocketDebuggerUrl"] for target in targets if target["type"] == "page"))
        page.size(1100, 900)
        page.call("Page.navigate", url=f"http://127.0.0.1:{PORT}/")
        page.until("document.querySelector('#key') !== null")
        page.picture("1-key")

        # By keyboard alone: the field has the focus.
        page.js("document.querySelector('#key').value = 'wrong'")
        page.key("Enter", 13)
        page.until("document.querySelector('#status').textContent.includes('unknown, expired or revoked')")
        errors.clear()  # the refusal of the wrong key
        page.js("document.querySelector('#key').value = 'alice-key'")
        page.key("Enter", 13)
        page.until("document.querySelector('h1')?.textContent === 'Jobs'")

        page.js("location.hash = '#/new'")
        page.until("document.querySelector('#elf') !== null")
        page.file("#elf", b"not a program", "wrong.txt")
        page.until("document.querySelector('#elf-problem').textContent.includes('not an ELF')")
        page.picture("2-validation")
        page.file("#elf", elf(), "sample.elf")
        page.file("#input", b"an input", "input.bin")
        page.until("document.querySelector('#elf-problem').textContent === ''")
        page.js("document.querySelector('#label').value = 'A proof <b>with markup</b>'; document.querySelector('form').requestSubmit()")
        page.until("location.hash.startsWith('#/jobs/') && document.querySelector('[aria-current]') !== null")
        page.until("document.querySelector('polyline')?.getAttribute('points').split(' ').length >= 2")
        page.picture("3-running")
        page.until("document.querySelector('.state')?.textContent === 'completed'")
        page.until("document.querySelector('[aria-label=Result]').textContent.includes('forty-two')")
        page.js("[...document.querySelectorAll('button')].find((b) => b.textContent === 'Verify on the server').click()")
        page.until("document.body.textContent.includes('Valid, at 128 provable bits')")
        page.js("document.querySelector('.report summary').click()")
        if not page.js("document.querySelector('.report summary').textContent.includes('128 provable bits') && document.querySelector('.report pre').textContent.includes('query')"):
            sys.exit("page.py: the security report is not there")
        page.js("document.querySelector('.report').scrollIntoView({block: 'center'})")
        page.picture("4-receipt")
        if page.js("document.querySelector('h1 b') !== null"):
            sys.exit("page.py: a label became markup")

        # A job that is cancelled.
        page.js("location.hash = '#/new'")
        page.until("document.querySelector('#known option:nth-child(2)') !== null")
        page.js("document.querySelector('#known').selectedIndex = 1; document.querySelector('#label').value = 'hang'; document.querySelector('form').requestSubmit()")
        page.until("[...document.querySelectorAll('button')].some((b) => b.textContent === 'Cancel')")
        page.js("[...document.querySelectorAll('button')].find((b) => b.textContent === 'Cancel').click()")
        page.until("document.querySelector('.state')?.textContent === 'cancelled'")

        # An execution with its profile.
        page.js("location.hash = '#/new'")
        page.until("document.querySelector('#known option:nth-child(2)') !== null")
        page.js("document.querySelector('#known').selectedIndex = 1; document.querySelector('#kind').selectedIndex = 1; document.querySelector('form').requestSubmit()")
        page.until("document.querySelectorAll('.flame rect').length === 4", 40)
        page.js("document.querySelectorAll('.flame rect')[1].focus(); window.scrollTo(0, 1e6)")
        page.key("Enter", 13)
        page.until("document.querySelector('.flame + p').textContent.includes('cycles')")
        page.picture("5-profile")

        page.js("location.hash = '#/jobs'")
        page.until("document.querySelectorAll('tbody tr').length >= 3")
        page.picture("6-jobs")
        page.size(390, 800, dark=True)
        page.picture("7-phone-dark")
        page.js("document.querySelector('tbody tr:last-child a').click()")
        page.until("document.querySelector('[aria-label=Result]')?.textContent.includes('forty-two')")
        page.js("document.querySelector('.report summary').click(); document.querySelector('.report').scrollIntoView({block: 'center'})")
        page.picture("8-phone-job")
        if page.js("document.documentElement.scrollWidth > innerWidth"):
            sys.exit("page.py: the phone's page scrolls sideways")
        if page.js("localStorage.length") or page.js("document.cookie") or page.js("sessionStorage.length") != 1:
            sys.exit("page.py: the key is kept elsewhere")
        if errors:
            sys.exit(f"page.py: the console has errors: {errors}")
        print(f"page.py: the page works; pictures are in {OUT}")
    finally:
        browser.terminate()
        browser.wait()
