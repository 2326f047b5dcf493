package io.github.topologyxds.csds;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionGrpc.ServerReflectionImplBase;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Server reflection ({@code grpc.reflection.v1}): a tool such as grpcurl learns here how to read
 * what the port's services say. gRPC's own implementation knows the services' files alone, and
 * could not explain the resources that CSDS answers as {@code Any}.
 */
public final class SchemaReflection extends ServerReflectionImplBase {
  private final List<ServiceDescriptor> services;
  private final Map<String, FileDescriptor> byName = new LinkedHashMap<>();
  private final Map<String, FileDescriptor> bySymbol = new LinkedHashMap<>();

  /**
   * Knows these and all that they import.
   *
   * @param more messages that answers hold as {@code Any}
   */
  public SchemaReflection(List<ServiceDescriptor> services, Collection<Descriptor> more) {
    this.services = List.copyOf(services);
    services.forEach(service -> add(service.getFile()));
    more.forEach(message -> add(message.getFile()));
  }

  private void add(FileDescriptor file) {
    if (byName.putIfAbsent(file.getName(), file) != null) {
      return;
    }
    file.getMessageTypes().forEach(this::add);
    file.getEnumTypes().forEach(this::add);
    for (ServiceDescriptor service : file.getServices()) {
      bySymbol.put(service.getFullName(), file);
      for (MethodDescriptor method : service.getMethods()) {
        bySymbol.put(method.getFullName(), file);
      }
    }
    file.getDependencies().forEach(this::add);
  }

  private void add(Descriptor message) {
    bySymbol.put(message.getFullName(), message.getFile());
    message.getNestedTypes().forEach(this::add);
    message.getEnumTypes().forEach(this::add);
  }

  private void add(EnumDescriptor type) {
    bySymbol.put(type.getFullName(), type.getFile());
  }

  @Override
  public StreamObserver<ServerReflectionRequest> serverReflectionInfo(
      StreamObserver<ServerReflectionResponse> responses) {
    return AnswerStream.of(
        responses, request -> CompletableFuture.completedFuture(answer(request)));
  }

  private ServerReflectionResponse answer(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder response =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    return switch (request.getMessageRequestCase()) {
      case FILE_BY_FILENAME -> file(response, byName.get(request.getFileByFilename()));
      case FILE_CONTAINING_SYMBOL ->
          file(response, bySymbol.get(request.getFileContainingSymbol()));
      case LIST_SERVICES -> response.setListServicesResponse(list()).build();
      case FILE_CONTAINING_EXTENSION, ALL_EXTENSION_NUMBERS_OF_TYPE -> file(response, null);
      case MESSAGEREQUEST_NOT_SET ->
          error(response, Status.INVALID_ARGUMENT.withDescription("nothing is asked for"));
    };
  }

  private ListServiceResponse list() {
    ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
    services.forEach(
        service -> list.addService(ServiceResponse.newBuilder().setName(service.getFullName())));
    return list.build();
  }

  private static ServerReflectionResponse file(
      ServerReflectionResponse.Builder response, @Nullable FileDescriptor file) {
    if (file == null) {
      return error(response, Status.NOT_FOUND.withDescription("nothing of that name is known"));
    }
    FileDescriptorResponse.Builder files = FileDescriptorResponse.newBuilder();
    Map<String, FileDescriptor> all = new LinkedHashMap<>();
    List<FileDescriptor> next = new ArrayList<>(List.of(file));
    while (!next.isEmpty()) {
      FileDescriptor one = next.removeLast();
      if (all.putIfAbsent(one.getName(), one) == null) {
        next.addAll(one.getDependencies());
      }
    }
    all.values().forEach(one -> files.addFileDescriptorProto(bytes(one)));
    return response.setFileDescriptorResponse(files).build();
  }

  private static ByteString bytes(FileDescriptor file) {
    return file.toProto().toByteString();
  }

  private static ServerReflectionResponse error(
      ServerReflectionResponse.Builder response, Status status) {
    return response
        .setErrorResponse(
            ErrorResponse.newBuilder()
                .setErrorCode(status.getCode().value())
                .setErrorMessage(String.valueOf(status.getDescription())))
        .build();
  }
}
