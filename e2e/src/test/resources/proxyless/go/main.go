// An application on grpc-go: see ProgramClient.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	_ "google.golang.org/grpc/xds"
)

// raw passes bytes through.
type raw struct{}

func (raw) Marshal(v any) ([]byte, error)      { return *v.(*[]byte), nil }
func (raw) Unmarshal(data []byte, v any) error { *v.(*[]byte) = append([]byte{}, data...); return nil }
func (raw) Name() string                       { return "raw" }

func ask(channel *grpc.ClientConn) string {
	deadline, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	request, answer := []byte{1}, []byte{}
	err := channel.Invoke(deadline, "/e2e.Echo/Ask", &request, &answer, grpc.ForceCodec(raw{}))
	if err == nil {
		return string(answer)
	}
	code := status.Code(err).String()
	if status.Code(err) == codes.Unavailable {
		code = "UNAVAILABLE"
	}
	return code + ": " + status.Convert(err).Message()
}

func main() {
	channel, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	over, loaded := &atomic.Bool{}, make(chan map[string]int)
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		words := strings.Fields(commands.Text())
		answers := map[string]int{}
		switch words[0] {
		case "call":
			calls, _ := strconv.Atoi(words[1])
			for range calls {
				answers[ask(channel)]++
			}
		case "load":
			over.Store(false)
			go func() {
				sum := map[string]int{}
				for !over.Load() {
					sum[ask(channel)]++
				}
				loaded <- sum
			}()
		case "stop":
			over.Store(true)
			answers = <-loaded
		}
		line, _ := json.Marshal(answers)
		fmt.Println(string(line))
	}
}
