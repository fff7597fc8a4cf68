using JubileeVerse.Errors;
using Orleans.Runtime.Messaging;
using Orleans.Serialization;
using Orleans.Storage;

namespace JubileeVerse.Gateway.Errors;

/// <summary>What a client is told of an exception.</summary>
internal static class ExceptionProblem
{
    /// <summary>
    /// The silo's own "try again": the gateway does not reference their types, and an exception whose type
    /// is not known here arrives as a fallback that carries the name.
    /// </summary>
    private static readonly string[] TransientTypeNames =
    [
        "JubileeVerse.Storage.StoreUnavailableException",
        "JubileeVerse.Storage.StaleWriterException",
    ];

    public static Problem Of(Exception exception) => exception switch
    {
        InvalidFieldsException invalid => new Problem(invalid.Code, null, invalid.Errors),
        JubileeException known => Problem.Of(known),
        BadHttpRequestException bad => BindingFault.Of(bad),
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
