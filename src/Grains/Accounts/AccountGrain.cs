using System.Collections.Immutable;
using JubileeVerse.Errors;
using JubileeVerse.Limits;
using JubileeVerse.Replies;
using JubileeVerse.Storage;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace JubileeVerse.Accounts;

/// <summary>
/// The one writer of a person's row, and the one place that counts what they have under way. The row is fenced by its version, so a
/// second activation does no harm; counts are in memory, and a look at the table of replies puts them right.
/// </summary>
[RandomPlacement]
internal sealed class AccountGrain(IAccountStore accounts, IOptions<LimitsOptions> limits, TimeProvider time) : Grain, IAccountGrain, IAccountSignUp
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);

    /// <summary>Between looks at the table by a person who is at their limit; also what they are told to wait.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);

    private readonly LimitsOptions _limits = limits.Value;
    private readonly OpenReplies _open = new(time);
    private readonly SlidingWindow _messages = new(time);
    private readonly SlidingWindow _signInFailures = new(time);

    /// <summary>Null: there is none, or it is not known how the last write ended; it is read again when it is needed.</summary>
    private Account? _account;

    private UserId Id => new(this.GetPrimaryKey());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _account = await accounts.FindAsync(Id, cancellationToken);
        await LookAtRepliesAsync(cancellationToken);
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
            return AccountResult.Of(await ChangeAsync(
                account => account.IsGuest
                    ? account with
                    {
                        Email = command.Email,
                        PasswordHash = command.PasswordHash,
                        DisplayName = command.DisplayName,
                        PreferredLanguage = command.PreferredLanguage ?? account.PreferredLanguage,
                    }
                    : throw new JubileeException(ErrorCode.AlreadySignedUp, "Only a guest can sign up."),
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
        var plan = _limits.PlanOf(account.Plan);
        if (account.Disabled)
            return Refuse(plan, new Refusal(ErrorCode.AccountDisabled, "This account is disabled."));
        if (!_limits.Enabled)
            return new Admission(null, plan.Priority, plan.Weight);

        if (_open.Count + replies.Length > plan.OpenReplies && _open.SinceLook >= LookAgainAfter)
            await LookAtRepliesAsync(cancellationToken);
        if (_open.Count + replies.Length > plan.OpenReplies)
            return Refuse(plan, TooManyOpen(plan, replies.Length));

        var rate = _messages.TryTake(_limits.MessagesPerMinute, RateWindow);
        if (!rate.Granted)
            return Refuse(plan, new Refusal(ErrorCode.RateLimited, $"At most {_limits.MessagesPerMinute} messages a minute.", rate.ResetAfter));

        _open.Admit(replies);
        return new Admission(null, plan.Priority, plan.Weight);
    }

    public Task ReplyEndedAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken)
    {
        _open.Ended(replies);
        return Task.CompletedTask;
    }

    public Task SignInFailedAsync(CancellationToken cancellationToken)
    {
        // A lock must outlive idleness, else it ends with the activation.
        DelayDeactivation(_limits.SignInFailureWindow);
        _signInFailures.TryTake(_limits.SignInFailures, _limits.SignInFailureWindow);
        return Task.CompletedTask;
    }

    public Task<TimeSpan?> SignInLockedForAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_signInFailures.ExhaustedFor(_limits.SignInFailures, _limits.SignInFailureWindow));

    private static Admission Refuse(PlanOptions plan, Refusal refusal) => new(refusal, plan.Priority, plan.Weight);

    private Refusal TooManyOpen(PlanOptions plan, int wanted) => new(
        ErrorCode.TooManyOpenReplies,
        $"At most {plan.OpenReplies} replies may be under way; {_open.Count} are.",
        wanted > plan.OpenReplies ? null : LookAgainAfter,
        _open.Count);

    private async Task<Account> LoadAsync(CancellationToken cancellationToken)
    {
        _account ??= await accounts.FindAsync(Id, cancellationToken);
        return _account ?? throw JubileeException.NotFound("user");
    }

    /// <summary>A change is made to the row as it is stored: where another activation has written since, it is read and changed again.</summary>
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

        // Whatever goes wrong from here on, the row is no longer known.
        _account = null;
        _account = await accounts.SaveAsync(changed, cancellationToken);
        return _account.ToUser();
    }

    private async Task LookAtRepliesAsync(CancellationToken cancellationToken)
    {
        var open = await accounts.OpenRepliesAsync(Id, cancellationToken);
        var ended = await accounts.EndedAmongAsync([.. _open.Ids.Except(open)], cancellationToken);
        _open.Looked(open, ended);
    }
}
