// Scrolls with a growing text while the reader is at its end; the position of a reader further up is never changed.

const nearEndPx = 72;

export class AutoScroll {
  #scroller;
  #onEndLeft;
  #observer;
  #following;

  // onEndLeft(hasLeft): the reader has scrolled away from the end, or returned to it.
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} content
   * @param {{ following: boolean, onEndLeft: (hasLeft: boolean) => void }} options
   */
  constructor(scroller, content, { following, onEndLeft }) {
    this.#scroller = scroller;
    this.#following = following;
    this.#onEndLeft = onEndLeft;
    scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    // Growing text, loading images and the keyboard of a phone all move the end.
    this.#observer = new ResizeObserver(() => this.#following && this.#scrollToEnd('instant'));
    this.#observer.observe(content);
    this.#observer.observe(scroller);
  }

  jumpToEnd() {
    this.#following = true;
    const reducesMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#scrollToEnd(reducesMotion ? 'instant' : 'smooth');
    this.#onEndLeft(false);
  }

  // Runs a change that inserts older messages above; the visible part stays where it is.
  /** @param {() => void} change */
  preservePosition(change) {
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    change();
    this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
  }

  close() {
    this.#observer.disconnect();
  }

  /** @param {ScrollBehavior} behavior */
  #scrollToEnd(behavior) {
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }

  #onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const following = scrollHeight - scrollTop - clientHeight < nearEndPx;
    if (following !== this.#following) {
      this.#following = following;
      this.#onEndLeft(!following);
    }
  }
}
