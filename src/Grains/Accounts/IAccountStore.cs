using System.Collections.Immutable;
using JubileeVerse.Paging;
using JubileeVerse.Replies;
using JubileeVerse.Storage;

namespace JubileeVerse.Accounts;

/// <summary>The rows of people.</summary>
internal interface IAccountStore
{
    Task<Account?> FindAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>By what <see cref="AccountRules.EmailKey"/> made of the address.</summary>
    Task<Account?> FindByEmailAsync(string emailKey, CancellationToken cancellationToken);

    /// <summary>Throws <see cref="DuplicateKeyException"/> where the e-mail is taken.</summary>
    Task AddAsync(Account account, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the account if its version is the stored one, and answers with it as stored. Throws <see cref="StaleWriterException"/>,
    /// <see cref="DuplicateKeyException"/> where the e-mail is taken. A disabled account's sessions end in the same unit.
    /// </summary>
    Task<Account> SaveAsync(Account account, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken);

    Task<bool> AnyAdminAsync(CancellationToken cancellationToken);

    Task<bool> IsActivePersonaAsync(string slug, CancellationToken cancellationToken);

    /// <summary>The person's replies that have not ended.</summary>
    Task<ImmutableArray<ReplyId>> OpenRepliesAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Which of these are stored and have ended.</summary>
    Task<ImmutableArray<ReplyId>> EndedAmongAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken);
}
