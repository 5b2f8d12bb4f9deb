//! A real browser without a window, driven over the DevTools protocol through a pair of pipes: Debian's Chromium, or whatever Chrome the
//! machine has. Where there is none and none can be installed, tests that need it say so and pass.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser's command; `None`, with a message, where there is none.
fn installed() -> Option<&'static str> {
    static FOUND: OnceLock<Option<&'static str>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let find = || NAMES.into_iter().find(|name| succeeds(Command::new(name).arg("--version")));
        find().or_else(|| {
            let root = Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout == b"0\n");
            let installed = root
                && succeeds(Command::new("apt-get").arg("update"))
                && succeeds(Command::new("apt-get").args(["install", "-y", "--no-install-recommends", "chromium"]));
            if installed { find() } else { None }
        })
    })
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// A page in a browser.
pub(crate) struct Page {
    child: Child,
    commands: File,
    answers: BufReader<File>,
    session: String,
    last: u64,
    /// What the page did that nobody asked for: console messages, errors, requests.
    pub(crate) noise: Vec<String>,
    profile: TempDir,
}

impl Page {
    /// Opens a file; `None` where there is no browser.
    #[expect(clippy::print_stderr, reason = "whoever reads the log of a test shall know that it has tested nothing")]
    pub(crate) fn open(file: &Path) -> Option<Self> {
        let Some(browser) = installed().filter(|_| cfg!(unix)) else {
            eprintln!("skipped: this needs Chromium, and none is installed (Debian: apt-get install chromium)");
            return None;
        };
        let profile = TempDir::new().expect("a scratch folder");
        for pipe in ["in", "out"] {
            assert!(succeeds(Command::new("mkfifo").arg(profile.path().join(pipe))), "mkfifo");
        }
        let child = Command::new("sh")
            .arg("-c")
            .arg("exec \"$@\" 3<in 4>out")
            .arg("sh")
            .arg(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe"])
            .args(["--no-first-run", "--window-size=1400,1000", "--hide-scrollbars", "--user-data-dir=profile"])
            .current_dir(profile.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let commands = OpenOptions::new().write(true).open(profile.path().join("in")).expect("a pipe");
        let answers = BufReader::new(File::open(profile.path().join("out")).expect("a pipe"));
        let session = String::new();
        let mut page = Self { child, commands, answers, session, last: 0, noise: Vec::new(), profile };
        let target = page.ask("Target.createTarget", json!({"url": "about:blank"}))["targetId"].clone();
        let attached = page.ask("Target.attachToTarget", json!({"targetId": target, "flatten": true}));
        page.session = attached["sessionId"].as_str().expect("a session").to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.ask(&format!("{domain}.enable"), json!({}));
        }
        page.media("light");
        page.ask("Page.navigate", json!({"url": format!("file://{}", file.display())}));
        page.wait_for("document.readyState === 'complete'");
        page.noise.retain(|said| !said.ends_with(&format!("file://{}", file.display())));
        Some(page)
    }

    /// Sends a command and waits for its result; what happens meanwhile is noted.
    pub(crate) fn ask(&mut self, method: &str, parameters: Value) -> Value {
        let answer = self.answer(method, parameters);
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].clone()
    }

    /// Whether the page has so many sheets when it is printed.
    pub(crate) fn has_sheet(&mut self, number: usize) -> bool {
        let answer =
            self.answer("Page.printToPDF", json!({"pageRanges": number.to_string(), "preferCSSPageSize": true}));
        let error = answer["error"]["message"].as_str().unwrap_or_default();
        assert!(error.is_empty() || error.contains("exceeds page count"), "{error}");
        error.is_empty()
    }

    fn answer(&mut self, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let mut command = json!({"id": self.last, "method": method, "params": parameters});
        if !self.session.is_empty() {
            command["sessionId"] = json!(self.session);
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).expect("the browser listens");
        loop {
            let mut bytes = Vec::new();
            self.answers.read_until(0, &mut bytes).expect("the browser answers");
            bytes.pop();
            let message: Value = serde_json::from_slice(&bytes).expect("JSON of the browser");
            if message["id"] == json!(self.last) {
                return message;
            }
            self.note(&message);
        }
    }

    fn note(&mut self, message: &Value) {
        let said = &message["params"];
        match message["method"].as_str().unwrap_or_default() {
            "Runtime.consoleAPICalled" => self.noise.push(format!("console {}", said["args"])),
            "Runtime.exceptionThrown" => self.noise.push(format!("exception {}", said["exceptionDetails"])),
            "Log.entryAdded" => self.noise.push(format!("log {}", said["entry"]["text"])),
            "Page.javascriptDialogOpening" => self.noise.push(format!("dialog {}", said["message"])),
            "Network.requestWillBeSent" => {
                self.noise.push(format!("request {}", said["request"]["url"].as_str().unwrap_or_default()));
            }
            _ => {}
        }
    }

    /// The value of an expression.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let answer = self.ask("Runtime.evaluate", json!({"expression": expression, "returnByValue": true}));
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    fn wait_for(&mut self, expression: &str) {
        for _ in 0..200 {
            if self.value(expression) == json!(true) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{expression} never came true");
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str, code: u32) {
        let text = if key == "Enter" { "\r" } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let event = json!({"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text});
            self.ask("Input.dispatchKeyEvent", event);
        }
    }

    /// Moves the mouse onto the middle of an element.
    pub(crate) fn point_at(&mut self, selector: &str) {
        let middle = self.value(&format!(
            "(() => {{ const e = document.querySelector('{selector}'); e.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ));
        self.ask("Input.dispatchMouseEvent", json!({"type": "mouseMoved", "x": middle[0], "y": middle[1]}));
    }

    /// Chooses the colour scheme that the reader prefers.
    pub(crate) fn media(&mut self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]);
        self.ask("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Makes the window so wide and so high.
    pub(crate) fn size(&mut self, width: u32, height: u32) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.ask("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// The bytes, in base 64, of what `Page.captureScreenshot` or `Page.printToPDF` gives.
    pub(crate) fn picture(&mut self, method: &str) -> String {
        self.ask(method, json!({}))["data"].as_str().expect("a picture").to_owned()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // A browser's helpers may still write into the profile; what cannot be removed is left to the system.
        let _ = std::fs::remove_dir_all(self.profile.path());
    }
}
