// Follows a growing text only while the reader is at its end; someone reading further up is never pulled away.

const nearPx = 72;

export class ScrollKeeper {
  #scroller;
  #onLeave;
  #observer;
  #following;

  // onLeave(away): the reader left the end, or came back to it.
  constructor(scroller, content, { following, onLeave }) {
    this.#scroller = scroller;
    this.#following = following;
    this.#onLeave = onLeave;
    scroller.addEventListener('scroll', () => this.#look(), { passive: true });
    // Text grows, images arrive, the keyboard of a phone opens: all of them move the end.
    this.#observer = new ResizeObserver(() => this.#following && this.#toEnd('instant'));
    this.#observer.observe(content);
    this.#observer.observe(scroller);
  }

  jumpToEnd() {
    this.#following = true;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#toEnd(calm ? 'instant' : 'smooth');
    this.#onLeave(false);
  }

  // Older messages come in above; what is being read stays where it is.
  keepingPlace(change) {
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    change();
    this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
  }

  close() {
    this.#observer.disconnect();
  }

  #toEnd(behavior) {
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const following = scrollHeight - scrollTop - clientHeight < nearPx;
    if (following !== this.#following) {
      this.#following = following;
      this.#onLeave(!following);
    }
  }
}
