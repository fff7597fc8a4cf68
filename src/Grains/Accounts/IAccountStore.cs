using System.Collections.Immutable;
using JubileeVerse.Paging;
using JubileeVerse.Replies;
using JubileeVerse.Storage;

namespace JubileeVerse.Accounts;

/// <summary>Reads and writes the table <c>users</c>.</summary>
internal interface IAccountStore
{
    Task<Account?> FindAsync(UserId id, CancellationToken cancellationToken);

    /// <param name="emailKey">The result of <see cref="AccountRules.EmailKey"/>.</param>
    Task<Account?> FindByEmailAsync(string emailKey, CancellationToken cancellationToken);

    /// <summary>Throws <see cref="DuplicateKeyException"/> if the e-mail address is taken.</summary>
    Task AddAsync(Account account, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the account if its version is the stored one, and returns the account as stored. Throws <see cref="StaleWriterException"/>,
    /// or <see cref="DuplicateKeyException"/> if the e-mail address is taken. The same unit deletes the sessions of a disabled account.
    /// </summary>
    Task<Account> SaveAsync(Account account, CancellationToken cancellationToken);

    /// <summary>Returns the matching users, newest first.</summary>
    Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken);

    Task<bool> AnyAdminAsync(CancellationToken cancellationToken);

    Task<bool> IsActivePersonaAsync(string slug, CancellationToken cancellationToken);

    /// <summary>Returns the user's open replies.</summary>
    Task<ImmutableArray<ReplyId>> FindOpenRepliesAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Returns those of the given replies that are stored and have ended.</summary>
    Task<ImmutableArray<ReplyId>> FindEndedRepliesAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken);
}
