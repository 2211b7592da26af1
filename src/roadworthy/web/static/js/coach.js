// <mark-words>: checkboxes, one a word, walked with the arrows as one stop of the Tab key.
// Left and right go by word, with Ctrl by sentence; Shift marks on the way; Space marks, Backspace
// clears. Without script the same checkboxes work by pointer, Tab and Space.
"use strict";
(() => {
  class MarkWords extends HTMLElement {
    connectedCallback() {
      this.at = 0;
      this.stops();
      this.addEventListener("keydown", (event) => this.key(event));
      this.addEventListener("focusin", (event) => {
        const place = this.words.indexOf(event.target);
        if (place >= 0) { this.at = place; this.stops(); }
      });
    }

    get words() { return [...this.querySelectorAll("input[type=checkbox]")]; }

    stops() {
      this.words.forEach((word, place) => { word.tabIndex = place === this.at ? 0 : -1; });
    }

    ends(word) { return /[.?!]$/.test(word.parentElement.textContent.trim()); }

    // The place one word on, or at the start of the next or of this sentence.
    next(step, bySentence) {
      const words = this.words;
      let place = Math.min(Math.max(this.at + step, 0), words.length - 1);
      if (!bySentence) return place;
      const starts = (one) => one === 0 || this.ends(words[one - 1]);
      while (place > 0 && place < words.length - 1 && !starts(place)) place += step;
      return place;
    }

    go(place, mark) {
      const words = this.words;
      if (mark) {
        const [low, high] = [Math.min(this.at, place), Math.max(this.at, place)];
        for (let one = low; one <= high; one += 1) words[one].checked = true;
      }
      this.at = place;
      this.stops();
      words[place].focus();
    }

    key(event) {
      if (event.altKey || event.metaKey) return;
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      if (event.key in steps) {
        this.go(this.next(steps[event.key], event.ctrlKey), event.shiftKey);
      } else if (event.key === "Home" || event.key === "End") {
        this.go(event.key === "Home" ? 0 : this.words.length - 1, event.shiftKey);
      } else if (event.key === "Backspace") {
        for (const word of this.words) word.checked = false;
      } else {
        return;
      }
      event.preventDefault();
    }
  }
  customElements.define("mark-words", MarkWords);
})();
