using JubileeVerse.ServiceDefaults;
using JubileeVerse.Silo;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddClusterSilo();

var app = builder.Build();
await app.RunUntilStoppedAsync();
