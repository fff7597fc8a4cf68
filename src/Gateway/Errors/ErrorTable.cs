using System.Collections.Frozen;
using JubileeVerse.Errors;

namespace JubileeVerse.Gateway.Errors;

/// <summary>Maps each <see cref="ErrorCode"/> to an HTTP status and a problem title. A test verifies that it covers every code.</summary>
internal static class ErrorTable
{
    private const string TypePrefix = "urn:jubileeverse:problem:";

    private static readonly FrozenDictionary<ErrorCode, ProblemKind> Kinds = new Dictionary<ErrorCode, ProblemKind>
    {
        [ErrorCode.Internal] = new(500, "Internal server error."),
        [ErrorCode.InvalidRequest] = new(400, "The request is not valid."),
        [ErrorCode.NotFound] = new(404, "Not found."),
        [ErrorCode.Unauthenticated] = new(401, "Sign in first."),
        [ErrorCode.Forbidden] = new(403, "You are not allowed to do this."),
        [ErrorCode.EmailTaken] = new(409, "The e-mail address is already registered."),
        [ErrorCode.InvalidCredentials] = new(401, "The e-mail address or the password is wrong."),
        [ErrorCode.AccountDisabled] = new(403, "The account is disabled."),
        [ErrorCode.RateLimited] = new(429, "Too many requests."),
        [ErrorCode.TooManyOpenReplies] = new(429, "Too many replies are in progress."),
        [ErrorCode.QueueFull] = new(503, "The queue is full."),
        [ErrorCode.ReplyInProgress] = new(409, "The conversation has a reply in progress."),
        [ErrorCode.IdempotencyMismatch] = new(422, "The idempotency key was used with a different request."),
        [ErrorCode.UnknownPersona] = new(400, "Unknown persona."),
        [ErrorCode.JobStateConflict] = new(409, "The job's state does not allow this."),
        [ErrorCode.Unavailable] = new(503, "The service is temporarily unavailable."),
        [ErrorCode.PayloadTooLarge] = new(413, "The request is too large."),
        [ErrorCode.CrossOrigin] = new(403, "Requests from other origins are refused."),
        [ErrorCode.UnsupportedMediaType] = new(415, "The content type is not supported."),
        [ErrorCode.MethodNotAllowed] = new(405, "The method is not allowed here."),
        [ErrorCode.ReplyFailed] = new(502, "The reply could not be generated."),
        [ErrorCode.AlreadySignedUp] = new(409, "This user already has an account."),
        [ErrorCode.TooManyChannels] = new(429, "Too many channel subscriptions."),
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<ErrorCode> Codes => Kinds.Keys;

    /// <summary>A code that only a newer silo knows is reported as an internal error.</summary>
    public static ProblemKind For(ErrorCode code) => Kinds.GetValueOrDefault(code) ?? Kinds[ErrorCode.Internal];

    public static string TypeFor(ErrorCode code) => TypePrefix + ErrorCodeText.For(code);
}
