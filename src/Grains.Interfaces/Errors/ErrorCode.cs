namespace JubileeVerse.Errors;

/// <summary>
/// Everything a caller can be told went wrong. Numbers are the wire contract between silo and gateway: never reuse one.
/// The gateway holds the one table that maps each to an HTTP status and a problem type.
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
