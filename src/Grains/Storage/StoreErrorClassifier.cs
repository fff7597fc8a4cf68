using System.Data.Common;
using JubileeVerse.Storage.Dialects;
using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage;

/// <summary>Classifies exceptions that a driver throws at readers. Write sinks classify theirs with the same rules.</summary>
internal static class StoreErrorClassifier
{
    /// <summary>
    /// True when a retry may succeed: the store could not be reached, is shutting down, or has run out of a resource. This covers more than
    /// <see cref="DbException.IsTransient"/>, which excludes a server that terminates its sessions.
    /// </summary>
    public static bool IsTransient(DbException exception) => exception switch
    {
        SqliteException e => SqliteErrors.Translate(e) is TransientStoreException,
        _ => PostgreSqlErrors.Translate(exception) is TransientStoreException,
    };
}
