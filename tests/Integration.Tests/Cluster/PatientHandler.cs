using System.Net.Http.Headers;

namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>
/// Repeats what was refused or not answered, at the next gateway, until somebody takes it. That is safe for reads, and for posts with
/// a client message id. Streams are left to their reader.
/// </summary>
/// <param name="moveOn">Makes the person go to the next gateway; answers with its address.</param>
/// <param name="inner">The way to the network.</param>
internal sealed class PatientHandler(Func<Uri> moveOn, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly MediaTypeWithQualityHeaderValue EventStream = new("text/event-stream");
    private static readonly TimeSpan RepeatPeriod = TimeSpan.FromMilliseconds(100);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Accept.Contains(EventStream))
            return await base.SendAsync(request, cancellationToken);

        using var timer = new PeriodicTimer(RepeatPeriod);
        while (true)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if ((int)response.StatusCode < 500)
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException)
            {
                // Nobody there, or gone in the middle of it.
            }

            await timer.WaitForNextTickAsync(cancellationToken);
            request.RequestUri = new Uri(moveOn(), request.RequestUri!.PathAndQuery);
        }
    }
}
