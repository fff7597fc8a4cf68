namespace JubileeVerse.Queues.Store.Statements;

/// <summary>Reads the value of a column. The row is passed by reference, because some rows are large structs.</summary>
internal delegate TValue ColumnValue<TRow, out TValue>(in TRow row);
