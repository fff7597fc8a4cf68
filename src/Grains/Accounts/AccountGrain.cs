using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Limits;
using JubileeVerse.Replies;
using JubileeVerse.Storage;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace JubileeVerse.Accounts;

/// <summary>
/// The single writer of a user's row, which also counts the user's open replies. Writes check the row's version, so a duplicate activation
/// does no harm; the counts are in memory and are reconciled with the table of replies.
/// </summary>
[RandomPlacement]
internal sealed class AccountGrain(IAccountStore accounts, IOptions<LimitsOptions> limits, TimeProvider time)
    : Grain, IAccountGrain, IAccountSignUpGrain
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    /// <summary>Minimum time between reconciliations for a user at the limit; also the retry delay that the refusal contains.</summary>
    private static readonly TimeSpan ReconcileInterval = TimeSpan.FromSeconds(5);

    private readonly LimitsOptions _limits = limits.Value;
    private readonly OpenReplies _open = new(time);
    private readonly SlidingWindow _messages = new(time);
    private readonly SlidingWindow _signInFailures = new(time);

    /// <summary>Null if there is no account or the outcome of the last write is unknown; it is read again when needed.</summary>
    private Account? _account;

    private UserId Id => new(this.GetPrimaryKey());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _account = await accounts.FindAsync(Id, cancellationToken);
        await ReconcileRepliesAsync(cancellationToken);
    }

    public async Task<User> GetAsync(CancellationToken cancellationToken) => (await LoadAsync(cancellationToken)).ToUser();

    public async Task<User> UpdateProfileAsync(ProfileChange change, CancellationToken cancellationToken)
    {
        var displayName = change.DisplayName is null ? null : AccountRules.DisplayName(change.DisplayName);
        var language = change.PreferredLanguage is null ? null : AccountRules.Language(change.PreferredLanguage);
        var persona = change.DefaultPersona is null ? null : AccountRules.PersonaSlug(change.DefaultPersona);
        if (persona is not null && !await accounts.IsActivePersonaAsync(persona, cancellationToken))
            throw AccountRules.UnknownPersona();

        return await ChangeAsync(
            account => account with
            {
                DisplayName = displayName ?? account.DisplayName,
                PreferredLanguage = language ?? account.PreferredLanguage,
                DefaultPersona = persona ?? account.DefaultPersona,
            },
            cancellationToken);
    }

    public Task<User> AdministerAsync(AccountChange change, CancellationToken cancellationToken)
    {
        if (change.Plan is { } plan && !_limits.Plans.ContainsKey(plan))
            throw JubileeException.Invalid("plan", $"Must be one of: {string.Join(", ", _limits.Plans.Keys)}.");
        if (change.Role is { } role && !Enum.IsDefined(role))
            throw JubileeException.Invalid("role", "Must be user or admin.");

        return ChangeAsync(
            account => account with
            {
                Role = change.Role ?? account.Role,
                Plan = change.Plan ?? account.Plan,
                Disabled = change.Disabled ?? account.Disabled,
            },
            cancellationToken);
    }

    public async Task<AccountResult> SignUpAsync(SignUp command, CancellationToken cancellationToken)
    {
        try
        {
            return AccountResult.Success(await ChangeAsync(
                account => account.IsGuest
                    ? account with
                    {
                        Email = command.Email,
                        PasswordHash = command.PasswordHash,
                        DisplayName = command.DisplayName,
                        PreferredLanguage = command.PreferredLanguage ?? account.PreferredLanguage,
                    }
                    : throw new JubileeException(ErrorCode.AlreadySignedUp, "Only a guest can sign up; this user already has an account."),
                cancellationToken));
        }
        catch (JubileeException e) when (e.Code == ErrorCode.AlreadySignedUp)
        {
            return AccountRefusals.AlreadySignedUp();
        }
        catch (DuplicateKeyException)
        {
            return AccountRefusals.EmailTaken();
        }
    }

    public async Task<Admission> AdmitAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken)
    {
        var account = await LoadAsync(cancellationToken);
        var plan = _limits.GetPlan(account.Plan);
        if (account.Disabled)
            return Refuse(plan, new Refusal(ErrorCode.AccountDisabled, "This account is disabled."));
        if (!_limits.Enabled)
            return new Admission(null, plan.Priority, plan.Weight);

        if (_open.Count + replies.Length > plan.OpenReplies && _open.TimeSinceReconciled >= ReconcileInterval)
            await ReconcileRepliesAsync(cancellationToken);
        if (_open.Count + replies.Length > plan.OpenReplies)
            return Refuse(plan, TooManyOpen(plan, replies.Length));

        var rate = _messages.TryAcquire(_limits.MessagesPerMinute, RateWindow);
        if (!rate.Granted)
        {
            return Refuse(
                plan, new Refusal(ErrorCode.RateLimited, $"At most {_limits.MessagesPerMinute} messages per minute.", rate.ResetAfter));
        }

        _open.Admit(replies);
        return new Admission(null, plan.Priority, plan.Weight);
    }

    public Task ReplyEndedAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken)
    {
        _open.Remove(replies);
        return Task.CompletedTask;
    }

    public Task SignInFailedAsync(CancellationToken cancellationToken)
    {
        // The activation must outlive the lock, because deactivation would end it.
        DelayDeactivation(_limits.SignInFailureWindow);
        _signInFailures.TryAcquire(_limits.SignInFailures, _limits.SignInFailureWindow);
        return Task.CompletedTask;
    }

    public Task<TimeSpan?> GetSignInLockoutAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_signInFailures.GetRetryAfter(_limits.SignInFailures, _limits.SignInFailureWindow));

    private static Admission Refuse(PlanOptions plan, Refusal refusal) => new(refusal, plan.Priority, plan.Weight);

    private Refusal TooManyOpen(PlanOptions plan, int requested) => new(
        ErrorCode.TooManyOpenReplies,
        $"At most {plan.OpenReplies} replies may be open; {_open.Count} are open.",
        requested > plan.OpenReplies ? null : ReconcileInterval,
        _open.Count);

    private async Task<Account> LoadAsync(CancellationToken cancellationToken)
    {
        _account ??= await accounts.FindAsync(Id, cancellationToken);
        return _account ?? throw JubileeException.NotFound("user");
    }

    /// <summary>
    /// Applies a change to the stored row. If another activation has written the row since it was read, the row is reloaded and the change
    /// is applied again.
    /// </summary>
    private async Task<User> ChangeAsync(Func<Account, Account> change, CancellationToken cancellationToken)
    {
        try
        {
            return await ChangeOnceAsync(change, cancellationToken);
        }
        catch (StaleWriterException)
        {
            return await ChangeOnceAsync(change, cancellationToken);
        }
    }

    private async Task<User> ChangeOnceAsync(Func<Account, Account> change, CancellationToken cancellationToken)
    {
        var changed = change(await LoadAsync(cancellationToken));

        // If the write fails, the stored row is unknown and must be reloaded.
        _account = null;
        _account = await accounts.SaveAsync(changed, cancellationToken);
        return _account.ToUser();
    }

    private async Task ReconcileRepliesAsync(CancellationToken cancellationToken)
    {
        var open = await accounts.FindOpenRepliesAsync(Id, cancellationToken);
        var ended = await accounts.FindEndedRepliesAsync([.. _open.Ids.Except(open)], cancellationToken);
        _open.Reconcile(open, ended);
    }
}
