using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Replies;

namespace JubileeVerse.Conversations.Turns;

/// <summary>
/// The admission of a turn's replies by the queue's load and by the account, requested before anything is stored. The end of its scope
/// undoes it unless <see cref="Keep"/> was called, so that a turn that was not stored does not use up the user's quota.
/// </summary>
internal sealed class TurnAdmission : IAsyncDisposable
{
    private readonly QueueLoads _loads;
    private readonly IAccountGrain _account;
    private bool _isReserved;
    private bool _isKept;

    private TurnAdmission(QueueLoads loads, IAccountGrain account, ImmutableArray<ReplyId> replies)
    {
        _loads = loads;
        _account = account;
        Replies = replies;
    }

    /// <summary>The ids of the replies that the account counts as open.</summary>
    public ImmutableArray<ReplyId> Replies { get; }

    [MemberNotNullWhen(true, nameof(Terms)), MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAdmitted => Terms is { Refusal: null };

    public Refusal? Refusal { get; private set; }

    /// <summary>The account's response, with the priority and weight of the jobs; null when the queue has refused the turn.</summary>
    public Admission? Terms { get; private set; }

    /// <summary>Reserves capacity of the queue until the end of the scope, and asks the account.</summary>
    public static async Task<TurnAdmission> RequestAsync(
        QueueLoads loads, int maxOpen, IAccountGrain account, ImmutableArray<ReplyId> replies, CancellationToken cancellationToken)
    {
        var admission = new TurnAdmission(loads, account, replies);
        admission.Refusal = loads.Reserve(QueueNames.AiResponse, replies.Length, maxOpen);
        if (admission.Refusal is not null)
            return admission;

        admission._isReserved = true;
        try
        {
            admission.Terms = await account.AdmitAsync(replies, cancellationToken);
        }
        catch
        {
            // Whether the account counts the replies is unknown; it reconciles with the table later.
            loads.Release(QueueNames.AiResponse, replies.Length, isStored: false);
            throw;
        }

        admission.Refusal = admission.Terms.Refusal;
        return admission;
    }

    /// <summary>The replies were stored, or may have been: the account reconciles with the table later.</summary>
    public void Keep() => _isKept = true;

    /// <summary>Does not wait for the account, because a lost call is repaired when the account reconciles with the table.</summary>
    public ValueTask DisposeAsync()
    {
        if (IsAdmitted && !_isKept)
            _account.ReplyEndedAsync(Replies, CancellationToken.None).Ignore();
        if (_isReserved)
            _loads.Release(QueueNames.AiResponse, Replies.Length, _isKept);
        return ValueTask.CompletedTask;
    }
}
