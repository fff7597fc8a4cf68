// The arguments of el() in js/shared/dom.js.

type Tag = keyof HTMLElementTagNameMap;

type ElementListeners<T extends Tag> = {
  [Type in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Type] & { currentTarget: HTMLElementTagNameMap[T] }) => unknown;
};

interface ElementProperties<T extends Tag> {
  data?: Record<string, string | number>;
  on?: ElementListeners<T>;
  /** An attribute; it is left out when its value is null, undefined or false. */
  [attribute: string]: unknown;
}

/** What is appended; null, undefined and false are left out. */
type ElementChild = Node | string | null | undefined | false;
