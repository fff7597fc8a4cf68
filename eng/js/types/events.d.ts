// An EventTarget of the page with the names of its events and the type of each event's `detail`; null for an event without one.
// EventTarget has no type parameters, so a class names its events by a cast in its `extends` clause.

interface EventTargetOf<Events> extends Omit<EventTarget, 'addEventListener' | 'removeEventListener'> {
  addEventListener<Type extends keyof Events>(type: Type, listener: (event: CustomEvent<Events[Type]>) => void): void;
  removeEventListener<Type extends keyof Events>(type: Type, listener: (event: CustomEvent<Events[Type]>) => void): void;
}

type EventTargetClass<Events> = new () => EventTargetOf<Events>;
