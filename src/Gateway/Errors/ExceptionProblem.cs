using JubileeVerse.Errors;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;
using Orleans.Storage;

namespace JubileeVerse.Gateway.Errors;

/// <summary>Converts exceptions into the problems that clients receive.</summary>
internal static class ExceptionProblem
{
    /// <summary>
    /// The silo's own transient exceptions. The gateway does not reference their types, and an exception whose type is unknown here
    /// arrives as a fallback exception that carries the type's name.
    /// </summary>
    private static readonly string[] TransientTypeNames =
    [
        "JubileeVerse.Storage.StoreUnavailableException",
        "JubileeVerse.Storage.StaleWriterException",
    ];

    public static Problem From(Exception exception) => exception switch
    {
        InvalidFieldsException invalid => new Problem(invalid.Code, null, invalid.Errors),
        JubileeException known => Problem.From(known),
        BadHttpRequestException bad => BindingFault.From(bad),
        _ when IsTransient(exception) => new Problem(ErrorCode.Unavailable),
        _ => new Problem(ErrorCode.Internal),
    };

    public static bool IsTransient(Exception exception) => exception
        is TimeoutException
        or OrleansMessageRejectionException
        or ConnectionFailedException
        or GatewayTooBusyException
        or ClientNotAvailableException
        or InconsistentStateException
        || TransientTypeNames.Any(name => TypeNameOf(exception).StartsWith(name, StringComparison.Ordinal));

    private static string TypeNameOf(Exception exception) =>
        (exception as UnavailableExceptionFallbackException)?.ExceptionType ?? exception.GetType().FullName ?? "";
}
