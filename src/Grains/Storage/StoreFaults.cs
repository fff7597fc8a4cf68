using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace JubileeVerse.Storage;

/// <summary>What a reader is to make of what the driver throws. Writers are told by their sinks, in the same words.</summary>
internal static class StoreFaults
{
    /// <summary>
    /// The store could not be reached, is going down, or is out of something: asking again may help. More than
    /// <see cref="DbException.IsTransient"/>, which does not count a server that ends its sessions.
    /// </summary>
    public static bool IsLost(DbException exception) => exception switch
    {
        SqliteException e => SqliteErrors.Translate(e) is StoreLostException,
        _ => PostgreSqlErrors.Translate(exception) is StoreLostException,
    };
}
