using System.Collections.Frozen;
using JubileeVerse.Errors;

namespace JubileeVerse.Gateway.Errors;

/// <summary>The one table from an <see cref="ErrorCode"/> to what a client is told. A test proves that it covers every code.</summary>
internal static class ErrorTable
{
    private const string TypePrefix = "urn:jubileeverse:problem:";

    private static readonly FrozenDictionary<ErrorCode, ProblemKind> Kinds = new Dictionary<ErrorCode, ProblemKind>
    {
        [ErrorCode.Internal] = new(500, "Something went wrong on our side."),
        [ErrorCode.InvalidRequest] = new(400, "The request is not valid."),
        [ErrorCode.NotFound] = new(404, "There is no such thing."),
        [ErrorCode.Unauthenticated] = new(401, "Sign in first."),
        [ErrorCode.Forbidden] = new(403, "You may not do this."),
        [ErrorCode.EmailTaken] = new(409, "The e-mail address has an account already."),
        [ErrorCode.InvalidCredentials] = new(401, "The e-mail address or the password is wrong."),
        [ErrorCode.AccountDisabled] = new(403, "The account is disabled."),
        [ErrorCode.RateLimited] = new(429, "Too many requests."),
        [ErrorCode.TooManyOpenReplies] = new(429, "Too many replies are open."),
        [ErrorCode.QueueFull] = new(503, "Too many others are waiting."),
        [ErrorCode.ReplyInProgress] = new(409, "A reply of this conversation is in progress."),
        [ErrorCode.IdempotencyMismatch] = new(422, "The key was used with another body."),
        [ErrorCode.UnknownPersona] = new(400, "There is no such persona."),
        [ErrorCode.JobStateConflict] = new(409, "The job's state does not allow this."),
        [ErrorCode.Unavailable] = new(503, "The service is not available just now."),
        [ErrorCode.PayloadTooLarge] = new(413, "The request is too large."),
        [ErrorCode.CrossOrigin] = new(403, "Requests from other origins are refused."),
        [ErrorCode.UnsupportedMediaType] = new(415, "The content type is not supported."),
        [ErrorCode.MethodNotAllowed] = new(405, "The method is not allowed here."),
        [ErrorCode.ReplyFailed] = new(502, "The reply could not be made."),
        [ErrorCode.AlreadySignedUp] = new(409, "This person has an account already."),
        [ErrorCode.TooManyChannels] = new(429, "Too many channels are subscribed."),
    }.ToFrozenDictionary();

    public static IReadOnlyCollection<ErrorCode> Codes => Kinds.Keys;

    /// <summary>A code that a newer silo knows and this gateway does not is an internal error.</summary>
    public static ProblemKind Of(ErrorCode code) => Kinds.GetValueOrDefault(code) ?? Kinds[ErrorCode.Internal];

    public static string TypeOf(ErrorCode code) => TypePrefix + ErrorCodeText.Of(code);
}
