using System.Data.Common;
using JubileeVerse.Errors;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Storage;

/// <summary>
/// Keeps the store's exceptions inside the silo. A gateway has neither the driver's exception types nor ours, so it could not deserialize
/// them and would report a transient outage as an internal error. Their messages name servers and tables and belong in the log only.
/// </summary>
/// <remarks>
/// <see cref="StaleWriterException"/> passes between grains, because the calling grain reloads and decides again; for a client it becomes
/// <see cref="ErrorCode.Unavailable"/>.
/// </remarks>
internal sealed partial class StoreFaultFilter(ILogger<StoreFaultFilter> logger) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception exception) when (IsTransient(exception, context))
        {
            LogUnavailable(exception, context.TargetId, context.MethodName);
            throw new JubileeException(ErrorCode.Unavailable, "The store is unavailable; try again.");
        }
        catch (DbException exception)
        {
            LogRejected(exception, context.TargetId, context.MethodName);
            throw new JubileeException(ErrorCode.Internal, "The store rejected a statement.");
        }
    }

    private static bool IsTransient(Exception exception, IIncomingGrainCallContext context) => exception switch
    {
        StoreUnavailableException => true,
        DbException fault => StoreErrorClassifier.IsTransient(fault),
        StaleWriterException => context.SourceId?.IsClient() ?? true,
        _ => false,
    };

    // Warning, because the caller retries; the batcher and the readiness check report a lasting outage.
    [LoggerMessage(Level = LogLevel.Warning, Message = "The store was unavailable for grain {Grain} in {Method}; the caller may retry.")]
    private partial void LogUnavailable(Exception exception, GrainId grain, string method);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store rejected a statement of grain {Grain} in {Method}.")]
    private partial void LogRejected(Exception exception, GrainId grain, string method);
}
