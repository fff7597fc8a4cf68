namespace JubileeVerse.Queues.Store.Statements;

/// <summary>Finds a part of a row without a copy.</summary>
internal delegate ref readonly TPart RowPart<TRow, TPart>(in TRow row);
