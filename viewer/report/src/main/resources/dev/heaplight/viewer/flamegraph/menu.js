/* What can be done with one frame: by the right mouse button, or the menu key. */
class Menu {
  constructor(box) {
    this.box = box;
    box.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("pointerdown", (event) => {
      if (!box.contains(event.target)) this.hide();
    });
  }

  /* entries: [text, function]; opens at a point of the window, and takes the focus. */
  show(x, y, title, entries, back) {
    this.back = back;
    this.box.replaceChildren(
      element("div", { class: "name" }, title),
      ...entries.map(([text, does]) => {
        const entry = element("button", { type: "button", role: "menuitem" }, text);
        entry.addEventListener("click", () => {
          this.hide();
          does();
        });
        return entry;
      })
    );
    this.box.hidden = false;
    this.box.style.left = `${Math.max(8, Math.min(x, window.innerWidth - this.box.offsetWidth - 8))}px`;
    this.box.style.top = `${Math.max(8, Math.min(y, window.innerHeight - this.box.offsetHeight - 8))}px`;
    this.box.querySelector("button").focus();
  }

  hide() {
    if (this.box.hidden) return;
    this.box.hidden = true;
    this.back.focus();
  }

  key(event) {
    const entries = [...this.box.querySelectorAll("button")];
    const at = entries.indexOf(document.activeElement);
    if (event.key === "ArrowDown") entries[(at + 1) % entries.length].focus();
    else if (event.key === "ArrowUp") entries[(at + entries.length - 1) % entries.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") this.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
