namespace JubileeVerse.Errors;

/// <summary>
/// The errors that are reported to callers. The numbers are the wire contract between silo and gateway: never reuse one.
/// The gateway has the one table that maps each code to an HTTP status and a problem type.
/// </summary>
[GenerateSerializer, Alias("ErrorCode")]
public enum ErrorCode
{
    Internal = 0,
    InvalidRequest = 1,
    NotFound = 2,
    Unauthenticated = 3,
    Forbidden = 4,
    EmailTaken = 5,
    InvalidCredentials = 6,
    AccountDisabled = 7,
    RateLimited = 8,
    TooManyOpenReplies = 9,
    QueueFull = 10,
    ReplyInProgress = 11,
    IdempotencyMismatch = 12,
    UnknownPersona = 13,
    JobStateConflict = 14,
    Unavailable = 15,
    PayloadTooLarge = 16,
    CrossOrigin = 17,
    UnsupportedMediaType = 18,
    MethodNotAllowed = 19,
    ReplyFailed = 20,
    AlreadySignedUp = 21,
    TooManyChannels = 22,
}
